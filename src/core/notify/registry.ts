/** The list of channels: a new one is a file in `channels/` and a line here. */
import type { Channel } from '../model/channel.ts';
import { githubIssueChannel } from './channels/github-issue.ts';
import { mailChannel } from './channels/mail.ts';
import { slackChannel } from './channels/slack.ts';
import { teamsChannel } from './channels/teams.ts';
import { webhookChannel } from './channels/webhook.ts';

/** Every channel, in the order in which help texts name them. */
export const channels: readonly Channel[] = [
  slackChannel,
  teamsChannel,
  webhookChannel,
  mailChannel,
  githubIssueChannel,
];
