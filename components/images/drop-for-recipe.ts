import type { DragEvent } from "react";

/** For an element on which a picture may be dropped that says how it was made. */
export const toRecipeDropHandlers = (onRead: (file: File | undefined) => void) => ({
  onDragOver: (event: DragEvent) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  },
  onDrop: (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault(); // else the browser would leave the page for the file
    onRead(event.dataTransfer.files[0]);
  },
});
