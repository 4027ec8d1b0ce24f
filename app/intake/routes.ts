import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

const id = router.matchers.uuid()

router
  .get('/scans', [controllers.intake.Scans, 'index'])
  .use([middleware.may('scans.receive'), middleware.seen('scans')])
router.post('/scans', [controllers.intake.Scans, 'store']).use(middleware.may('scans.receive'))
router
  .get('/scans/:id', [controllers.intake.Scans, 'show'])
  .where('id', id)
  .use([middleware.may('scans.receive'), middleware.seen('scans')])
router
  .post('/scans/:id/again', [controllers.intake.Scans, 'again'])
  .where('id', id)
  .use(middleware.may('scans.receive'))
router
  .post('/scans/:id/order', [controllers.intake.Scans, 'putInOrder'])
  .where('id', id)
  .use(middleware.may('scans.receive'))
router
  .get('/pages/:id/image', [controllers.intake.PageImages, 'show'])
  .where('id', id)
  .use(middleware.may('pages.see'))
router
  .get('/pages/:id/thumbnail', [controllers.intake.PageImages, 'thumbnail'])
  .where('id', id)
  .use(middleware.may('pages.see'))

transmit.registerRoutes((route) => route.use([middleware.may('home.see'), middleware.ownStream()]))
transmit.authorize<{ id: string }>('scans/:id', ({ auth }) =>
  Boolean(auth.user?.may('scans.receive'))
)
transmit.authorize<{ id: string }>('print-runs/:id', ({ auth }) =>
  Boolean(auth.user?.may('letters.print'))
)
