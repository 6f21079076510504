const GAP_PX = 4;

/** Puts an opened menu below its button, right edges in line; above it where there is no room. */
export function placeMenu(menu: HTMLElement, button: HTMLElement): void {
  const box = button.getBoundingClientRect();
  const isLow = box.bottom + menu.offsetHeight + GAP_PX > window.innerHeight;
  menu.style.top = `${isLow ? box.top - menu.offsetHeight - GAP_PX : box.bottom + GAP_PX}px`;
  menu.style.left = `${Math.max(GAP_PX, box.right - menu.offsetWidth)}px`;
}
