import type { Metadata } from "next";

export const metadata: Metadata = {
  title: "This link does not work · Enlist",
  robots: { index: false },
};

export default function RefusedPage() {
  return (
    <>
      <h1>This link does not work</h1>
      <p>
        It would lead you on to an address that we do not know (<code>return_to</code>), or it is
        damaged (<code>state</code>). Nothing was done. Please tell the owner of the site that sent
        you here.
      </p>
      <p>
        <a href="/signup">Sign up without it</a>
      </p>
    </>
  );
}
