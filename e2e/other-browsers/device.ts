/** A browser with a profile that no other device has. */
export interface Device {
  openTab(): Promise<Tab>;
  close(): Promise<void>;
}

/** What all browsers can be told to do with a tab. An element is the id that the browser gave it. */
export interface Tab {
  goto(url: string): Promise<void>;
  /** Calls this function, as text, in the page. Gives an element, a text, or null. */
  call(functionText: string, argument: string): Promise<string | null>;
  click(element: string): Promise<void>;
  /** Gives an input the focus, and presses the keys of this text. */
  type(element: string, text: string): Promise<void>;
}
