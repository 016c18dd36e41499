import { useEffect, useRef, type RefObject } from "react";

/**
 * Puts the focus, after each answer, on what was wrong with a form: the first field to blame, or the
 * message above the button.
 * @param state another object after each answer
 * @returns the ref of the form
 */
export function useFocusOnError(state: object): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  const answered = useRef(state);
  useEffect(() => {
    if (answered.current === state) return;
    answered.current = state;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  }, [state]);
  return form;
}
