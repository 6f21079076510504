import {
  Columns2,
  Gauge,
  Image as ImageIcon,
  MessageSquareText,
  SlidersHorizontal,
  Users,
} from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { AccountMenu } from "./account-menu";
import { Logo } from "./logo";
import { NavLink } from "./nav-link";

const ICON = { strokeWidth: 1.75, "aria-hidden": true } as const;

/** The rail at the left; from 640 px on. */
export function Rail({ name, isAdministrator }: { name: string; isAdministrator: boolean }) {
  const t = useTranslations("nav");
  return (
    <nav
      aria-label={t("main")}
      className="flex w-(--rail) flex-col border-r border-hair bg-bench pb-2 max-sm:hidden"
    >
      <Link
        href="/chat"
        aria-label="ModelScope Playground"
        className="mb-2 grid h-(--bar) place-items-center border-b border-hair text-ink"
      >
        <Logo />
      </Link>
      <NavLink
        variant="rail"
        href="/chat"
        label={t("chat")}
        icon={<MessageSquareText size={18} {...ICON} />}
      />
      <NavLink
        variant="rail"
        href="/compare"
        label={t("compare")}
        icon={<Columns2 size={18} {...ICON} />}
      />
      <NavLink
        variant="rail"
        href="/images"
        label={t("images")}
        icon={<ImageIcon size={18} {...ICON} />}
      />
      <NavLink
        variant="rail"
        href="/usage"
        label={t("usage")}
        icon={<Gauge size={18} {...ICON} />}
      />
      <span className="flex-1" />
      <NavLink
        variant="rail"
        href="/settings"
        label={t("settings")}
        icon={<SlidersHorizontal size={18} {...ICON} />}
      />
      {isAdministrator && (
        <NavLink
          variant="rail"
          href="/admin"
          label={t("admin")}
          icon={<Users size={18} {...ICON} />}
        />
      )}
      <div className="grid justify-items-center pt-2">
        <AccountMenu name={name} />
      </div>
    </nav>
  );
}

/** The tab bar at the foot; below 640 px. */
export function TabBar() {
  const t = useTranslations("nav");
  return (
    <nav
      aria-label={t("main")}
      className="grid grid-cols-5 border-t border-hair bg-panel pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <NavLink
        variant="tab"
        href="/chat"
        label={t("chat")}
        icon={<MessageSquareText size={20} {...ICON} />}
      />
      <NavLink
        variant="tab"
        href="/compare"
        label={t("compare")}
        icon={<Columns2 size={20} {...ICON} />}
      />
      <NavLink
        variant="tab"
        href="/images"
        label={t("images")}
        icon={<ImageIcon size={20} {...ICON} />}
      />
      <NavLink
        variant="tab"
        href="/usage"
        label={t("usage")}
        icon={<Gauge size={20} {...ICON} />}
      />
      <NavLink
        variant="tab"
        href="/settings"
        label={t("settings")}
        icon={<SlidersHorizontal size={20} {...ICON} />}
      />
    </nav>
  );
}
