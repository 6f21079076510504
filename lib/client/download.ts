/** Has the browser keep what one of our routes answers as a file. */
export function saveAs(path: string): void {
  const link = document.createElement("a");
  link.href = path;
  link.download = "";
  link.click();
}
