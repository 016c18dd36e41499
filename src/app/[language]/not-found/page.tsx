import type { Metadata } from "next";

export const metadata: Metadata = { title: "Page not found · Enlist" };

export default function NotFound() {
  return (
    <>
      <h1>Page not found</h1>
      <p>
        The address may be incomplete. You can <a href="/signup">sign up here</a>.
      </p>
    </>
  );
}
