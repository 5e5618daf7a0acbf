/** Progress as values: what the command line may show while a run goes on. */
export type RunEvent =
  | { readonly kind: 'discovered'; readonly targets: number; readonly setAside: number }
  | { readonly kind: 'audit-started'; readonly target: string; readonly auditor: string }
  | { readonly kind: 'tool-started'; readonly target: string; readonly auditor: string; readonly tool: string }
  | { readonly kind: 'audit-finished'; readonly target: string; readonly auditor: string; readonly outcome: string; readonly durationMs: number }
  | { readonly kind: 'enriching'; readonly ids: number }
  | { readonly kind: 'message'; readonly text: string };

export type OnEvent = (event: RunEvent) => void;
