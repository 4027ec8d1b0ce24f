import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

const id = router.matchers.uuid()

router
  .group(() => {
    router.get('/desk', [controllers.desk.Desk, 'index']).use(middleware.seen('desk'))
    router.post('/desk/visits', [controllers.desk.visits.Visits, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.desk.visits.Visits, 'show']).use(middleware.seen('visit'))
        router.post('/whose', [controllers.desk.visits.Visits, 'requester'])
        router.post('/identification', [controllers.desk.visits.VisitPeople, 'identify'])
        router.post('/person', [controllers.desk.visits.VisitPeople, 'store'])
        router.post('/details', [controllers.desk.visits.VisitPeople, 'details'])
        router.post('/hold', [controllers.desk.visits.VisitPlaces, 'hold'])
        router.post('/release', [controllers.desk.visits.VisitPlaces, 'release'])
        router.post('/booking', [controllers.desk.visits.VisitPlaces, 'book'])
        router.post('/waiting', [controllers.desk.visits.VisitPlaces, 'wait'])
        router.post('/more', [controllers.desk.visits.VisitPeople, 'more'])
        router.post('/reopening', [controllers.desk.visits.VisitPeople, 'reopen'])
        router.post('/ending', [controllers.desk.visits.Visits, 'end'])
        router.post('/back', [controllers.desk.visits.Visits, 'back'])
      })
      .prefix('/desk/visits/:id')
      .where('id', id)
    router.get('/desk/copies', [controllers.desk.handouts.Copies, 'create'])
    router.post('/desk/copies', [controllers.desk.handouts.Copies, 'store'])
    router
      .get('/desk/copies/:id/example', [controllers.desk.handouts.Copies, 'example'])
      .where('id', id)
    router.get('/desk/find', [controllers.desk.visits.Searches, 'create'])
    router.post('/desk/find', [controllers.desk.visits.Searches, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.desk.visits.Bookings, 'show']).use(middleware.seen('booking'))
        router.post('/again', [controllers.desk.visits.Bookings, 'again'])
        router.post('/moves', [controllers.desk.visits.Bookings, 'move'])
        router.post('/cancellation', [controllers.desk.visits.Bookings, 'cancel'])
        router.post('/answer', [controllers.desk.visits.Bookings, 'answer'])
      })
      .prefix('/desk/bookings/:id')
      .where('id', id)
    router
      .get('/desk/submissions/:id/confirmation', [controllers.desk.visits.Slips, 'confirmation'])
      .where('id', id)
    router
      .get('/desk/submissions/:id/slip', [controllers.desk.visits.Slips, 'show'])
      .where('id', id)
    router.get('/tickets/display', [controllers.desk.tickets.Tickets, 'display'])
    router.get('/tickets/new', [controllers.desk.tickets.Tickets, 'create'])
    router.post('/tickets', [controllers.desk.tickets.Tickets, 'store'])
    router.post('/tickets/calls', [controllers.desk.tickets.Tickets, 'call'])
    router.post('/tickets/appointments', [controllers.desk.tickets.Tickets, 'appoint'])
    router.get('/tickets/:id/paper', [controllers.desk.tickets.Tickets, 'paper']).where('id', id)
    router
      .post('/tickets/:id/arrival', [controllers.desk.tickets.Tickets, 'arrive'])
      .where('id', id)
    router.post('/tickets/:id/leaving', [controllers.desk.tickets.Tickets, 'leave']).where('id', id)
    router
      .get('/consultations', [controllers.desk.consultations.Consultations, 'index'])
      .use(middleware.seen('consultations'))
    router.post('/consultations', [controllers.desk.consultations.Consultations, 'store'])
    router
      .post('/consultations/:id/finish', [controllers.desk.consultations.Consultations, 'finish'])
      .where('id', id)
    router.get('/articles', [controllers.desk.handouts.Articles, 'index'])
    router.get('/articles/:id/paper', [controllers.desk.handouts.Articles, 'paper']).where('id', id)
    router.get('/lessons', [controllers.desk.lessons.Lessons, 'index'])
    router
      .group(() => {
        router.get('/', [controllers.desk.lessons.Lessons, 'show']).use(middleware.seen('lesson'))
        router.post('/places', [controllers.desk.lessons.Lessons, 'enroll'])
        router.post('/attendance', [controllers.desk.lessons.Lessons, 'mark'])
        router
          .get('/roster', [controllers.desk.lessons.Lessons, 'roster'])
          .use(middleware.seen('lesson_roster'))
      })
      .prefix('/lessons/:id')
      .where('id', id)
  })
  .use(middleware.may('desk.serve'))

router
  .group(() => {
    router.get('/partners', [controllers.desk.partners.Partners, 'index'])
    router.post('/partners', [controllers.desk.partners.Partners, 'store'])
    router.post('/partners/:id', [controllers.desk.partners.Partners, 'update'])
    router.post('/partners/:id/removal', [controllers.desk.partners.Partners, 'destroy'])
    router.get('/articles/new', [controllers.desk.handouts.Articles, 'create'])
    router.post('/articles', [controllers.desk.handouts.Articles, 'store'])
    router.get('/articles/:id/edit', [controllers.desk.handouts.Articles, 'edit']).where('id', id)
    router.post('/articles/:id', [controllers.desk.handouts.Articles, 'update']).where('id', id)
    router.post('/lessons', [controllers.desk.lessons.Lessons, 'store'])
  })
  .use(middleware.may('desk.arrange'))

router
  .group(() => {
    router
      .get('/referrals', [controllers.desk.consultations.Referrals, 'index'])
      .use(middleware.seen('referrals'))
    router
      .post('/referrals/:id', [controllers.desk.consultations.Referrals, 'answer'])
      .where('id', id)
  })
  .use(middleware.may('referrals.see'))

transmit.authorize('tickets', ({ auth }) => Boolean(auth.user?.worksForCenter))
