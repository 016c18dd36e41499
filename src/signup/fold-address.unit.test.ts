import { expect, it } from "vitest";
import { foldAddress } from "#src/signup/fold-address.ts";

it("folds A to Z and no other letter, as PostgreSQL does under C", () => {
  expect(foldAddress("INFO.ZAZA@EXAMPLE.COM")).toBe("info.zaza@example.com");
  for (const other of ["İ", "ı", "Ä", "Σ", "\u212A" /* Kelvin */]) {
    expect(foldAddress(`${other}@example.com`)).toBe(`${other}@example.com`);
  }
});
