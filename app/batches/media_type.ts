import { paperType } from '#app/reading/paper_type'

/** Sounds that a browser plays; by what the bytes say, whatever the name of the file. */
const SOUNDS: { type: string; starts: (head: Buffer) => boolean }[] = [
  {
    type: 'audio/wav',
    starts: (head) => text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WAVE',
  },
  { type: 'audio/ogg', starts: (head) => text(head, 0, 4) === 'OggS' },
  { type: 'audio/flac', starts: (head) => text(head, 0, 4) === 'fLaC' },
  // Others of this family are films, and photos of phones.
  {
    type: 'audio/mp4',
    starts: (head) => text(head, 4, 8) === 'ftyp' && ['M4A ', 'M4B '].includes(text(head, 8, 12)),
  },
  // An ID3 tag, or a frame of MPEG layer III.
  {
    type: 'audio/mpeg',
    starts: (head) => text(head, 0, 3) === 'ID3' || (head[0] === 0xff && (head[1] & 0xe6) === 0xe2),
  },
]

/** Recognizes a sound, or paper and pictures; null: neither. */
export function mediaTypeOf(content: Buffer): string | null {
  const head = content.subarray(0, 12)
  return SOUNDS.find(({ starts }) => starts(head))?.type ?? paperType(content)
}

/** Whether it is heard, not seen. */
export function isSound(mediaType: string | null): boolean {
  return mediaType?.startsWith('audio/') === true
}

function text(head: Buffer, from: number, to: number): string {
  return head.subarray(from, to).toString('latin1')
}
