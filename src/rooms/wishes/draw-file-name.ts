/** What goes with the file of a draw when somebody fetches it: kept nowhere, and named after its hash. */
export const drawFileHeaders = ({ hash }: { readonly hash: string }): Record<string, string> => ({
  'content-type': 'application/x-ndjson; charset=utf-8',
  'content-disposition': `attachment; filename="verdeling-${hash.slice(0, 12)}.ndjson"`,
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
});
