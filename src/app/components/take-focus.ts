/** A ref that gives the focus to what has just appeared, so that it is read out; but not while somebody is typing. */
export function takeFocus(element: HTMLElement | null): void {
  if (!(document.activeElement instanceof HTMLInputElement)) element?.focus();
}
