import env from '#start/env'

/** The content of the QR code of a form's page. */
export interface FormCode {
  installation: string
  service: string
  version: number
  page: number
  /** opaque id of the copy: its sides find each other by it. A master for photocopies begins with 0. */
  copy: string
}

/** Ids of masters begin so; ids of single copies never do. */
export const MASTER_PREFIX = '0'

const FORMAT = 'HW1'
const PATTERN = /^HW1\/([0-9A-F]+)\/([A-Z0-9-]+)\/(\d+)\/(\d+)\/([0-9A-Z]+)$/

/** Only characters of the QR code's alphanumeric mode: the squares stay large. */
export function formCodeText(code: Omit<FormCode, 'installation'>): string {
  return [FORMAT, env.get('INSTALLATION'), code.service, code.version, code.page, code.copy]
    .join('/')
    .toUpperCase()
}

/** Reads a QR text; null when it isn't one of ours. */
export function parseFormCode(text: string): FormCode | null {
  const match = PATTERN.exec(text)
  if (!match) return null
  const [, installation, service, version, page, copy] = match
  if (installation !== env.get('INSTALLATION').toUpperCase()) return null
  return {
    installation,
    service: service.toLowerCase(),
    version: Number(version),
    page: Number(page),
    copy,
  }
}
