import type { ReactNode } from "react";
import { Incomplete } from "../components/incomplete.tsx";
import { Mark } from "../components/mark.tsx";
import "../globals.css";

/** The frame of every page, including the error page. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <header className="masthead">
          <Mark />
          <span>Enlist</span>
        </header>
        <main className="card">
          <Incomplete />
          {children}
        </main>
      </body>
    </html>
  );
}
