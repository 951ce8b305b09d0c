import type { AddressDocument } from '../../step-supervisor/connection-document.js';
import { quoteForShell } from '../../step-supervisor/render-files.js';
import { podPaths } from '../pod-layout.js';

const program = `import json, os, sys
path, addresses = sys.argv[1:]
with open(path) as file:
    connection = {**json.load(file), **json.loads(addresses)}
draft = f"{path}.{os.getpid()}"
with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
    file.write(json.dumps(connection) + "\\n")
os.rename(draft, path)
`;

/** Tells the coordinator of the container that runs this where the master listens now; the token stays. */
export function refreshConnectionScript(addresses: AddressDocument): string {
  const words = ['python3', '-c', program, podPaths.connection, JSON.stringify(addresses)];
  return words.map(quoteForShell).join(' ');
}
