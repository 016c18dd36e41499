"use client";

import { Failed } from "./failed.tsx";
import { Frame } from "./frame.tsx";

/** What fails outside of the pages takes the frame with it. */
export default function GlobalError() {
  return (
    <Frame>
      <Failed />
    </Frame>
  );
}
