import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

const id = router.matchers.uuid()

router
  .get('/scans', [controllers.intake.Scans, 'index'])
  .use([middleware.may(['intake', 'upload']), middleware.seen('scans')])
router.post('/scans', [controllers.intake.Scans, 'store']).use(middleware.may(['intake', 'upload']))
router
  .get('/scans/:id', [controllers.intake.Scans, 'show'])
  .where('id', id)
  .use([middleware.may(['intake', 'upload']), middleware.seen('scans')])
router
  .post('/scans/:id/again', [controllers.intake.Scans, 'again'])
  .where('id', id)
  .use(middleware.may(['intake', 'upload']))
router
  .post('/scans/:id/order', [controllers.intake.Scans, 'putInOrder'])
  .where('id', id)
  .use(middleware.may(['intake', 'upload']))
router
  .get('/pages/:id/image', [controllers.intake.PageImages, 'show'])
  .where('id', id)
  .use(middleware.may(['intake', 'seePages']))
router
  .get('/pages/:id/thumbnail', [controllers.intake.PageImages, 'thumbnail'])
  .where('id', id)
  .use(middleware.may(['intake', 'seePages']))

transmit.registerRoutes((route) =>
  route.use([middleware.may(['identity', 'enter']), middleware.ownStream()])
)
transmit.authorize<{ id: string }>('scans/:id', ({ auth }) =>
  ['desk', 'leader', 'center_admin'].includes(auth.user?.role ?? '')
)
transmit.authorize<{ id: string }>('print-runs/:id', ({ auth }) =>
  ['leader', 'center_admin'].includes(auth.user?.role ?? '')
)
