import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Mark } from "./mark.tsx";
import "./globals.css";

export const metadata: Metadata = {
  description: "Sign up. It commits whole or not at all.",
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <header className="masthead">
          <Mark />
          <span>Enlist</span>
        </header>
        <main className="card">{children}</main>
      </body>
    </html>
  );
}
