/**
 * A ref that focuses an element when it appears, so that it is read out, unless someone is typing.
 */
export function focusOnMount(element: HTMLElement | null): void {
  if (!(document.activeElement instanceof HTMLInputElement)) element?.focus();
}
