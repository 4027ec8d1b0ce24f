import { qrcode, drawingSVG } from 'bwip-js/node'

/** A QR code as SVG, without a margin, that survives a seventh of it being lost (level M). */
export function qrSvg(text: string): string {
  const options = { bcid: 'qrcode', text, eclevel: 'M', padding: 0 }
  return qrcode<string>(options, drawingSVG())
}
