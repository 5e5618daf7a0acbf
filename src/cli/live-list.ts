/** The live list of a terminal: one row an audit, redrawn in place on stderr. */
import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { ListrTask } from 'listr2';
import { visible } from '../core/model/text.ts';
import type { AuditName, OnEvent, RunEvent } from '../pipeline/events.ts';
import { describeEvent } from './describe-event.ts';

/** Takes what happens, and shows it. */
export interface Progress {
  readonly onEvent: OnEvent;
  /** Ends the live list, so that what is printed next stands below it. */
  finish(): Promise<void>;
}

/** A row waits until its audit ends, and shows what is said of it meanwhile. */
interface Row {
  readonly done: Promise<void>;
  readonly end: () => void;
  /** What was said before the list was drawn. */
  said: string;
  say: (text: string) => void;
}

/** Shows the planned audits until each has ended; `finish` lets go of the terminal whatever happened. */
export function startLiveList(stderr: NodeJS.WriteStream): Progress {
  const rows = new Map<string, Row>();
  let drawing: Promise<unknown> = Promise.resolve();

  const onEvent = (event: RunEvent): void => {
    switch (event.kind) {
      case 'audits-planned':
        for (const audit of event.audits) rows.set(rowName(audit), newRow());
        drawing = draw(rows, stderr);
        return;
      case 'tool-started':
        rows.get(rowName(event))?.say(`running ${event.tool}`);
        return;
      case 'audit-finished':
        rows.get(rowName(event))?.say(event.outcome);
        rows.get(rowName(event))?.end();
        return;
      default: {
        const line = describeEvent(event);
        if (line !== null) stderr.write(`${visible(line)}\n`);
      }
    }
  };

  const finish = async (): Promise<void> => {
    for (const row of rows.values()) row.end();
    await drawing;
  };
  return { onEvent, finish };
}

function draw(rows: ReadonlyMap<string, Row>, stderr: NodeJS.WriteStream): Promise<unknown> {
  const tasks = [...rows].map(([name, row]): ListrTask => ({
    title: name,
    task: (_context, task) => {
      const say = (text: string): void => void (task.title = `${name} · ${visible(text)}`);
      if (row.said !== '') say(row.said);
      row.say = say;
      return row.done;
    },
  }));
  const logger = new ListrLogger({ processOutput: new ProcessOutput(stderr, stderr) });
  const options = {
    concurrent: true,
    exitOnError: false,
    registerSignalListeners: false,
    rendererOptions: { logger },
  };
  return new Listr(tasks, options).run() as Promise<unknown>;
}

function rowName(audit: AuditName): string {
  return `${visible(audit.target)} · ${audit.auditor}`;
}

function newRow(): Row {
  let end: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (end = resolve));
  const row: Row = { done, end, said: '', say: (text) => (row.said = text) };
  return row;
}
