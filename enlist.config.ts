import type { BrandConfig } from "#src/shared/brand-config.ts";

/** The brand: what people see of you on the pages and in the mails. See docs/branding.md. */
export default {
  name: "Enlist",
  logo: { light: "src/brand/logo.svg", dark: "src/brand/logo-dark.svg" },
  colours: { light: "#1f5f4a", dark: "#7fd1b0" },
} satisfies BrandConfig;
