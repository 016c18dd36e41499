import type { Metadata, Viewport } from "next";

export const metadata: Metadata = {
  description: "Sign up. It commits whole or not at all.",
};

export const viewport: Viewport = { colorScheme: "light dark" };

export { Frame as default } from "../frame/frame.tsx";
