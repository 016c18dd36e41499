"use client";

import { useEffect, useState } from "react";
import { Skeleton } from "../../components/skeleton.tsx";
import { useTexts } from "../../components/texts.tsx";
import { Title } from "../../components/title.tsx";
import type { AskedFields } from "./asked-fields.ts";
import { inspectInvitation, type FoundInvitation } from "./inspect-invitation.ts";
import { SignupForm } from "./signup-form.tsx";

/** Looks up the invitation in this page's URL, and shows the form with its address. */
export function InvitedForm({ asked }: { asked: AskedFields }) {
  const { signUp, verify } = useTexts();
  const [found, setFound] = useState<FoundInvitation>();
  useEffect(() => void inspectInvitation().then(setFound), []);
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
