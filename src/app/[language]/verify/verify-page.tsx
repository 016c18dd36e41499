"use client";

import { useEffect, useState } from "react";
import { Skeleton } from "../../components/skeleton.tsx";
import { useTexts } from "../../components/texts.tsx";
import { Title } from "../../components/title.tsx";
import { inspectPage, type VerifyState } from "./submit-verification.ts";
import { VerifyForm } from "./verify-form.tsx";

/** Looks up what the link refers to, and shows it. */
export function VerifyPage() {
  const { title } = useTexts().verify;
  const [found, setFound] = useState<VerifyState>();
  useEffect(() => void inspectPage().then(setFound), []);
  if (found) return <VerifyForm found={found} />;
  return (
    <>
      <Title>{title}</Title>
      <Skeleton lines={3} />
    </>
  );
}
