import type { Metadata } from "next";

export const metadata: Metadata = { title: "Nothing here · Enlist" };

export default function NotFound() {
  return (
    <>
      <h1>There is nothing here</h1>
      <p>
        Perhaps the address was cut short. You can <a href="/signup">sign up here</a>.
      </p>
    </>
  );
}
