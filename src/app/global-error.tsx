"use client";

import "./globals.css";

/** If even the frame of the pages failed. Its texts may be what could not be loaded. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <main className="card">
          <h1>500</h1>
          <button type="button" onClick={() => window.location.reload()}>
            ↻
          </button>
        </main>
      </body>
    </html>
  );
}
