/** Progress as values: what the command line may show while a run goes on. */

export interface AuditName {
  readonly target: string;
  readonly auditor: string;
}

export type RunEvent =
  | { readonly kind: 'discovered'; readonly targets: number; readonly setAside: number }
  | { readonly kind: 'audits-planned'; readonly audits: readonly AuditName[] }
  | ({ readonly kind: 'tool-started'; readonly tool: string } & AuditName)
  | ({ readonly kind: 'audit-finished'; readonly outcome: string; readonly durationMs: number } & AuditName)
  | { readonly kind: 'enriching'; readonly ids: number }
  | { readonly kind: 'message'; readonly text: string };

export type OnEvent = (event: RunEvent) => void;
