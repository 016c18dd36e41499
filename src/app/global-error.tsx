"use client";

import { Failed } from "./components/failed.tsx";
import { Frame } from "./components/frame.tsx";

/** What fails outside of the pages takes the frame with it. */
export default function GlobalError() {
  return (
    <Frame>
      <Failed />
    </Frame>
  );
}
