import type { Argument, Command, Option } from 'commander';

/** What only the server knows the names of. */
export type ServerNames = 'artifacts' | 'jobs' | 'pipelines' | 'secrets' | 'deliveries';

/** What the word being typed may become: fixed words, or the name of something that the server knows. */
export type Candidates = { readonly kind: 'words'; readonly words: readonly string[] } | { readonly kind: ServerNames };

const none: Candidates = { kind: 'words', words: [] };

/** Follows the finished words through the commands, then says what may stand next. */
export function findCandidates(program: Command, finished: readonly string[], current: string): Candidates {
  let command = program;
  let position = 0;
  let awaiting: Option | undefined;
  for (const word of finished) {
    if (awaiting !== undefined) awaiting = undefined;
    else if (word.startsWith('-')) awaiting = optionAwaitingValue(command, word);
    else {
      const inner = command.commands.find((candidate) => candidate.name() === word);
      if (inner === undefined) position += 1;
      else command = inner;
    }
  }
  if (awaiting !== undefined) return optionValues(awaiting);
  if (current.startsWith('-')) return words(optionNames(command));
  if (command.commands.length > 0) return words(visibleCommands(command));
  return argumentValues(command.registeredArguments[position]);
}

function words(list: readonly string[]): Candidates {
  return { kind: 'words', words: list };
}

function optionAwaitingValue(command: Command, word: string): Option | undefined {
  return command.options.find((option) => option.required && (option.short === word || option.long === word));
}

function optionValues(option: Option): Candidates {
  if (option.argChoices !== undefined) return words(option.argChoices);
  if (option.long === '--job') return { kind: 'jobs' };
  return option.long === '--pipeline' ? { kind: 'pipelines' } : none;
}

function optionNames(command: Command): readonly string[] {
  return [...command.options.map((option) => option.long).filter((name) => name !== undefined), '--help'];
}

function visibleCommands(command: Command): readonly string[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((inner) => inner.name());
}

function argumentValues(argument: Argument | undefined): Candidates {
  if (argument?.argChoices !== undefined) return words(argument.argChoices);
  const name = argument?.name();
  if (name === 'job') return { kind: 'jobs' };
  if (name === 'artifact') return { kind: 'artifacts' };
  if (name === 'delivery') return { kind: 'deliveries' };
  if (name === 'secret') return { kind: 'secrets' };
  return name === 'pipeline' ? { kind: 'pipelines' } : none;
}
