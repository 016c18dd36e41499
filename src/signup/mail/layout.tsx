import type { CSSProperties, ReactNode } from "react";
import { brand, hrefOfSupport } from "#src/platform/brand.ts";
import { dirOf, type Language } from "#src/shared/languages.ts";
import { MAIL_TEXTS } from "#src/texts/mail-texts.ts";
import { DARK_STYLES, part } from "./colours.ts";

const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const TEXT = `16px/1.55 ${SANS}`;
const PAPER = { padding: "28px 12px 40px", font: TEXT };
const COLUMN = { maxWidth: "500px", margin: "0 auto" };
const MASTHEAD = { padding: "0 4px 16px", fontSize: "18px", fontWeight: 650 };
const CARD: CSSProperties = {
  padding: "30px 24px 14px",
  borderRadius: "16px",
  // Repeated, because Outlook does not inherit fonts into tables.
  font: TEXT,
  // The link is wider than a phone's screen.
  overflowWrap: "anywhere",
  wordBreak: "break-word",
};
const BUTTON = {
  display: "inline-block",
  padding: "12px 22px",
  borderRadius: "10px",
  fontWeight: 650,
  textDecoration: "none",
};
const TITLE = { margin: "0 0 20px", fontSize: "24px", lineHeight: 1.2, letterSpacing: "-0.02em" };

interface LayoutProps {
  language: Language;
  title: string;
  children: ReactNode;
}

/**
 * The layout of all mails: the service's name above one card, with nothing to load. The text
 * version omits name and title, because the sender and subject already show them.
 */
export function Layout({ language, title, children }: LayoutProps) {
  const dir = dirOf(language);
  return (
    <html lang={language} dir={dir}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        {/* Otherwise phones turn the code into a telephone link. */}
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <title>{title}</title>
        <style>{DARK_STYLES}</style>
      </head>
      <body {...part("paper", { margin: 0 })}>
        {/* Webmail drops the body element and its language. */}
        <Box lang={language} dir={dir} {...part("paper", PAPER)}>
          <Box style={COLUMN}>
            <div data-skip-in-text="true" style={MASTHEAD}>
              <span {...part("mark")}>{brand.name}</span>
            </div>
            <Box {...part("card", CARD)}>
              <h1
                data-skip-in-text="true"
                style={dir === "rtl" ? { ...TITLE, letterSpacing: 0 } : TITLE}
              >
                {title}
              </h1>
              {children}
              {brand.support !== undefined && (
                <Quiet>
                  {MAIL_TEXTS[language].support(
                    <a href={hrefOfSupport(brand.support)} {...part("link")}>
                      {brand.support}
                    </a>,
                  )}
                </Quiet>
              )}
            </Box>
          </Box>
        </Box>
      </body>
    </html>
  );
}

export function Paragraph({ children }: { children: ReactNode }) {
  return <p style={{ margin: "0 0 16px" }}>{children}</p>;
}

/** Secondary text. */
export function Quiet({ children }: { children: ReactNode }) {
  return <p {...part("quiet", { margin: "0 0 16px", fontSize: "14px" })}>{children}</p>;
}

interface LinkButtonProps {
  link: string;
  children: string;
  /** Leads on to the address. */
  ifItFails: string;
}

/** A button, and its address as text, in case the button does not work. */
export function LinkButton({ link, children, ifItFails }: LinkButtonProps) {
  return (
    <>
      <p data-skip-in-text="true" style={{ margin: "24px 0" }}>
        <a href={link} {...part("button", BUTTON)}>
          {children}
        </a>
      </p>
      <div data-skip-in-text="true">
        <Quiet>{ifItFails}</Quiet>
      </div>
      <p dir="ltr" style={{ margin: "0 0 16px" }}>
        <a href={link} {...part("link", { fontSize: "14px" })}>
          {link}
        </a>
      </p>
    </>
  );
}

interface BoxProps {
  children: ReactNode;
  lang?: string;
  dir?: string;
  className?: string;
  style: CSSProperties;
}

/** A table with one cell, because Outlook pads nothing else. */
function Box({ children, lang, dir, className, style: { maxWidth, margin, ...cell } }: BoxProps) {
  return (
    <table
      role="presentation"
      lang={lang}
      dir={dir}
      cellPadding={0}
      cellSpacing={0}
      width="100%"
      style={{ borderCollapse: "separate", maxWidth, margin }}
    >
      <tbody>
        <tr>
          <td className={className} style={cell}>
            {children}
          </td>
        </tr>
      </tbody>
    </table>
  );
}
