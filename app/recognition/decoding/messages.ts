/** What parent and decoding child say to each other: a file in, pages out. Bytes travel as they are. */

/** Why a file can't be taken; shown to who uploaded it, with what to do. */
export type Refusal =
  'empty' | 'too_large' | 'not_a_scan' | 'broken' | 'password' | 'too_many_pages'

export interface DecodeRequest {
  file: Uint8Array
}

/** The parent has put a page away and takes the next. */
export interface PageTaken {
  taken: number
}

export type DecodeAnswer =
  | { kind: 'page'; number: number; jpeg: Uint8Array; width: number; height: number }
  | { kind: 'done'; pages: number }
  | { kind: 'refused'; reason: Refusal }
