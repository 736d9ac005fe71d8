/**
 * Rows for programs rather than people: the same for every file format. A `day` is an ISO date, a `moment` epoch
 * milliseconds, a `whole` a whole number, a `decimal` exact decimal text.
 */
export type FileColumn<Row> = {
  readonly name: string;
} & (
  | { readonly type: 'text' | 'day' | 'decimal'; readonly value: (row: Row) => string | null }
  | { readonly type: 'whole' | 'moment'; readonly value: (row: Row) => number | null }
  | { readonly type: 'flag'; readonly value: (row: Row) => boolean }
);

export interface FileTable<Row> {
  readonly columns: readonly FileColumn<Row>[];
  readonly rows: readonly Row[];
}
