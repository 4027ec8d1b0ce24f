import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

const id = router.matchers.uuid()

router
  .group(() => {
    router.get('/desk', [controllers.desk.Desk, 'index']).use(middleware.seen('desk'))
    router.post('/desk/visits', [controllers.desk.Visits, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.desk.Visits, 'show']).use(middleware.seen('visit'))
        router.post('/whose', [controllers.desk.Visits, 'whose'])
        router.post('/identification', [controllers.desk.VisitPeople, 'identify'])
        router.post('/person', [controllers.desk.VisitPeople, 'store'])
        router.post('/details', [controllers.desk.VisitPeople, 'details'])
        router.post('/hold', [controllers.desk.VisitPlaces, 'hold'])
        router.post('/release', [controllers.desk.VisitPlaces, 'release'])
        router.post('/booking', [controllers.desk.VisitPlaces, 'book'])
        router.post('/waiting', [controllers.desk.VisitPlaces, 'wait'])
        router.post('/more', [controllers.desk.VisitPeople, 'more'])
        router.post('/reopening', [controllers.desk.VisitPeople, 'reopen'])
        router.post('/ending', [controllers.desk.Visits, 'end'])
        router.post('/back', [controllers.desk.Visits, 'back'])
      })
      .prefix('/desk/visits/:id')
      .where('id', id)
    router.get('/desk/copies', [controllers.desk.Copies, 'create'])
    router.post('/desk/copies', [controllers.desk.Copies, 'store'])
    router.get('/desk/copies/:id/example', [controllers.desk.Copies, 'example']).where('id', id)
    router.get('/desk/find', [controllers.desk.Searches, 'create'])
    router.post('/desk/find', [controllers.desk.Searches, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.desk.Bookings, 'show']).use(middleware.seen('booking'))
        router.post('/again', [controllers.desk.Bookings, 'again'])
        router.post('/moves', [controllers.desk.Bookings, 'move'])
        router.post('/cancellation', [controllers.desk.Bookings, 'cancel'])
        router.post('/answer', [controllers.desk.Bookings, 'answer'])
      })
      .prefix('/desk/bookings/:id')
      .where('id', id)
    router
      .get('/desk/submissions/:id/confirmation', [controllers.desk.Slips, 'confirmation'])
      .where('id', id)
    router.get('/desk/submissions/:id/slip', [controllers.desk.Slips, 'show']).where('id', id)
    router.get('/tickets/display', [controllers.desk.Tickets, 'display'])
    router.get('/tickets/new', [controllers.desk.Tickets, 'create'])
    router.post('/tickets', [controllers.desk.Tickets, 'store'])
    router.post('/tickets/calls', [controllers.desk.Tickets, 'call'])
    router.post('/tickets/appointments', [controllers.desk.Tickets, 'appoint'])
    router.get('/tickets/:id/paper', [controllers.desk.Tickets, 'paper']).where('id', id)
    router.post('/tickets/:id/arrival', [controllers.desk.Tickets, 'arrive']).where('id', id)
    router.post('/tickets/:id/leaving', [controllers.desk.Tickets, 'leave']).where('id', id)
    router
      .get('/consultations', [controllers.desk.Consultations, 'index'])
      .use(middleware.seen('consultations'))
    router.post('/consultations', [controllers.desk.Consultations, 'store'])
    router
      .post('/consultations/:id/finish', [controllers.desk.Consultations, 'finish'])
      .where('id', id)
    router.get('/articles', [controllers.desk.Articles, 'index'])
    router.get('/articles/:id/paper', [controllers.desk.Articles, 'paper']).where('id', id)
    router.get('/lessons', [controllers.desk.Lessons, 'index'])
    router
      .group(() => {
        router.get('/', [controllers.desk.Lessons, 'show']).use(middleware.seen('lesson'))
        router.post('/places', [controllers.desk.Lessons, 'enroll'])
        router.post('/attendance', [controllers.desk.Lessons, 'mark'])
        router
          .get('/roster', [controllers.desk.Lessons, 'roster'])
          .use(middleware.seen('lesson_roster'))
      })
      .prefix('/lessons/:id')
      .where('id', id)
  })
  .use(middleware.may('desk.serve'))

router
  .group(() => {
    router.get('/articles/new', [controllers.desk.Articles, 'create'])
    router.post('/articles', [controllers.desk.Articles, 'store'])
    router.get('/articles/:id/edit', [controllers.desk.Articles, 'edit']).where('id', id)
    router.post('/articles/:id', [controllers.desk.Articles, 'update']).where('id', id)
    router.post('/lessons', [controllers.desk.Lessons, 'store'])
  })
  .use(middleware.may('desk.arrange'))

transmit.authorize('tickets', ({ auth }) => Boolean(auth.user?.worksForCenter))
