import { useEffect, useRef, type RefObject } from "react";

/**
 * Focuses the problem after each answer to a form: the first invalid field, or the message above
 * the button.
 * @param state a new object for each answer
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
