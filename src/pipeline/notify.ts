/** Tells people of a run: drives every channel at once, and gives back what kept anybody from being told. */
import type { Delivery, DeliveryAnswer, DeliveryOutcome, DeliveryStep } from '../core/model/channel.ts';
import type { Digest } from '../core/model/digest.ts';
import type { Problem } from '../core/model/problem.ts';
import type { ReadyChannel } from '../core/notify/plan-channels.ts';
import { withoutSecrets } from '../core/notify/without-secrets.ts';
import type { Outbox } from '../ports/outbox.ts';

/** Called as each channel ends. */
export type OnDelivered = (channel: string, outcome: DeliveryOutcome) => void;

/** One problem for each channel that failed, in the order of `channels`. Never rejects but for a bug of a channel. */
export async function notify(
  digest: Digest,
  channels: readonly ReadyChannel[],
  outbox: Outbox,
  onDelivered: OnDelivered,
): Promise<readonly Problem[]> {
  const secrets = channels.map(({ settings }) => settings);
  const outcomes = await Promise.all(
    channels.map(async ({ name, channel, settings }) => {
      const said = await deliver(channel.deliver(digest, settings, name), outbox);
      const outcome = said.status === 'failed' ? { ...said, detail: withoutSecrets(said.detail, secrets) } : said;
      onDelivered(name, outcome);
      return outcome;
    }),
  );
  return outcomes.flatMap((outcome, index) =>
    outcome.status === 'delivered' ? [] : [describe(channels[index]?.name ?? '', outcome)],
  );
}

async function deliver(delivery: Delivery, outbox: Outbox): Promise<DeliveryOutcome> {
  let step = delivery.next();
  while (step.done !== true) step = delivery.next(await answer(step.value, outbox));
  return step.value;
}

async function answer(step: DeliveryStep, outbox: Outbox): Promise<DeliveryAnswer> {
  return step.ask === 'http' ? { http: await outbox.http(step.call) } : { mail: await outbox.mail(step.mail) };
}

function describe(name: string, { detail, mend }: Extract<DeliveryOutcome, { status: 'failed' }>): Problem {
  const message = `The channel ${name} could not be told of this run: ${detail}.`;
  return { target: null, code: 'notify-failed', message, mend, blocks: false };
}
