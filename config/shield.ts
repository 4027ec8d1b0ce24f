import env from '#start/env'
import { defineConfig } from '@adonisjs/shield'

export default defineConfig({
  csp: {
    enabled: true,
    directives: {
      defaultSrc: [`'none'`],
      scriptSrc: [`'self'`],
      styleSrc: [`'self'`],
      imgSrc: [`'self'`, 'data:'],
      // A recording is in the page's memory while somebody listens, so that they can go back in it.
      mediaSrc: [`'self'`, 'blob:'],
      fontSrc: [`'self'`],
      connectSrc: [`'self'`],
      formAction: [`'self'`],
      // Slips are printed from a frame of our own pages.
      frameSrc: [`'self'`],
      frameAncestors: [`'self'`],
      baseUri: [`'none'`],
    },
    reportOnly: false,
  },
  csrf: {
    enabled: true,
    // Messages of the telephone system are signed instead.
    exceptRoutes: ['/hooks/calls'],
    enableXsrfCookie: false,
    methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
    cookieOptions: { secure: env.get('HTTPS', false), sameSite: 'lax' },
  },
  xFrame: { enabled: true, action: 'SAMEORIGIN' },
  hsts: { enabled: env.get('HTTPS', false), maxAge: '180 days' },
  contentTypeSniffing: { enabled: true },
})
