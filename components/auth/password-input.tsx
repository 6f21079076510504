"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";

/** A password with an eye that shows it. */
export function PasswordInput(props: ComponentProps<typeof Input>) {
  const t = useTranslations("auth");
  const [isShown, setIsShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <span className="relative block">
      <Input {...props} type={isShown ? "text" : "password"} className="pr-10!" />
      <IconButton
        label={t(isShown ? "hidePassword" : "showPassword")}
        className="absolute top-1 right-1 max-sm:-top-1"
        onClick={() => setIsShown(!isShown)}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </span>
  );
}
