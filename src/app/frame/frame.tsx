import type { ReactNode } from "react";
import config from "#config";
import { brand, findBrandFaults } from "#src/platform/brand.ts";
import { dirOf } from "#src/shared/languages.ts";
import { Incomplete } from "../components/incomplete.tsx";
import { TextsProvider } from "../components/texts.tsx";
import { BrandStyles } from "./brand-styles.tsx";
import { Footer } from "./footer.tsx";
import { Masthead } from "./masthead.tsx";
import type { Words } from "./words.ts";
import "../globals.css";

/** The frame of every page. @throws if enlist.config.ts has mistakes, which ends a build */
export function Frame({ language, texts, children }: Words & { children: ReactNode }) {
  const faults = findBrandFaults(config);
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return (
    <html lang={language} dir={dirOf(language)}>
      <head>
        <BrandStyles />
      </head>
      <body>
        <Masthead />
        <main className="card">
          <Incomplete {...texts} />
          <TextsProvider language={language} service={brand.name}>
            {children}
          </TextsProvider>
        </main>
        <Footer language={language} texts={texts} />
      </body>
    </html>
  );
}
