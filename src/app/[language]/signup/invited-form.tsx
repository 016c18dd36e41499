"use client";

import { useEffect, useState } from "react";
import { linkToken } from "#src/client/link-token.ts";
import { Skeleton } from "../../components/skeleton.tsx";
import { useTexts } from "../../components/texts.tsx";
import { Title } from "../../components/title.tsx";
import type { AskedFields } from "./asked-fields.ts";
import type { FoundInvitation } from "./inspect-invitation.ts";
import { SignupForm } from "./signup-form.tsx";

/** Looks up the invitation in this page's URL, and shows the form with its address. */
export function InvitedForm({ asked }: { asked: AskedFields }) {
  const { signUp, verify } = useTexts();
  const [found, setFound] = useState<FoundInvitation>();
  useEffect(() => void find().then(setFound), []);
  if (!found) {
    return (
      <>
        <Title>{signUp.title}</Title>
        <Skeleton lines={4} />
      </>
    );
  }
  if ("dead" in found) {
    return (
      <>
        <Title>{verify.deadTitle}</Title>
        <p>{found.dead}</p>
      </>
    );
  }
  return <SignupForm asked={asked} invitation={found} />;
}

/** Loads what asks the server after the page is there. If it cannot be loaded, the form asks. */
async function find(): Promise<FoundInvitation> {
  const token = linkToken("invitation") ?? "";
  const loaded = await import("./inspect-invitation.ts").catch(() => null);
  return loaded ? loaded.inspectInvitation(token) : { token };
}
