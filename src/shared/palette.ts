/** The colours of pages and mails besides the brand's accent. globals.css has the same. */
export const PALETTE = {
  light: { paper: "#f4f3ef", surface: "#ffffff", ink: "#1d1b16", quiet: "#5d594f" },
  dark: { paper: "#14150f", surface: "#1d1f18", ink: "#eeece4", quiet: "#b0ad9f" },
} as const;

/** The accents of the default brand. */
export const ACCENTS = { light: "#1f5f4a", dark: "#7fd1b0" };

/** Text that is readable on an accent: white or black, whichever has more contrast. */
export const INKS = ["#ffffff", "#101010"] as const;
