"use client";

import { useState } from "react";
import type { TokenStatus } from "@/lib/shared/schemas/token";
import { DoctorCard } from "./doctor-card";
import { TokenCard } from "./token-card";
import { useDoctor } from "./use-doctor";

/** The token and its doctor: a new token is looked at at once. */
export function TokenSection({
  initial,
  isSimulated,
}: {
  initial: TokenStatus;
  isSimulated: boolean;
}) {
  const [status, setStatus] = useState(initial);
  const doctor = useDoctor(setStatus);
  const onChange = (next: TokenStatus) => {
    setStatus(next);
    doctor.forget();
    if (next.state !== "none") void doctor.check(false);
  };
  return (
    <>
      <TokenCard status={status} isSimulated={isSimulated} onChange={onChange} />
      <DoctorCard site={status.site ?? "cn"} doctor={doctor} />
    </>
  );
}
