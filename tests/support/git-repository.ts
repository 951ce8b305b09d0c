import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real Git repository in a temporary folder, to be fetched from over file://. */
export class TestRepository {
  readonly path = mkdtempSync(join(tmpdir(), 'danube-repo-'));
  readonly url = `file://${this.path}`;

  constructor(...initArgs: string[]) {
    this.git('init', '-q', '-b', 'main', ...initArgs);
  }

  git(...args: string[]): string {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'protocol.file.allow=always'];
    return execFileSync('git', [...identity, ...args], { cwd: this.path, encoding: 'utf8' }).trim();
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(this.path, dirname(path)), { recursive: true });
      writeFileSync(join(this.path, path), text);
    }
  }

  /** Writes the files, commits everything and answers the commit. */
  commit(files: Readonly<Record<string, string>>, message = 'change'): string {
    this.write(files);
    this.git('add', '--all');
    this.git('commit', '-q', '--allow-empty', '-m', message);
    return this.head();
  }

  head(): string {
    return this.git('rev-parse', 'HEAD');
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
