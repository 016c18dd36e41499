"use client";

import { Failed } from "./components/failed.tsx";
import { Frame } from "./frame/frame.tsx";

/** The root error page, which must include the frame. */
export default function GlobalError() {
  return (
    <Frame>
      <Failed />
    </Frame>
  );
}
