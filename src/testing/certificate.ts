import { chownSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";
import { databaseUser } from "../../scripts/services/folder.ts";

/** A certificate for the name `localhost` alone, which is its own authority, and its key. */
export interface Certificate {
  key: string;
  cert: string;
  /** Where they are; PostgreSQL's user may read the key, and nobody else. */
  keyFile: string;
  certFile: string;
}

/** Makes a certificate and writes it into this folder. */
export async function aCertificate(folder: string): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] },
    ],
  });
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  writeFileSync(keyFile, key, { mode: 0o600 });
  writeFileSync(certFile, cert);
  const uid = databaseUser();
  if (uid !== undefined) chownSync(keyFile, uid, uid);
  return { key, cert, keyFile, certFile };
}
