use super::*;

const KNOWN: Option<KnownDevice> = Some(KnownDevice([1; 16]));

/// One attempt, and how long it took.
async fn attempt(
    throttle: &Throttle,
    name: &str,
    device: Option<KnownDevice>,
    outcome: Option<Whose>,
) -> (Result<Option<Whose>, NotNow>, Duration) {
    let before = Instant::now();
    let check = async |whose| Ok(outcome.map(|_| whose));
    let told = throttle.attempt(Door::First(name), device, check).await;
    (told, before.elapsed())
}

async fn fail(throttle: &Throttle, name: &str) -> Duration {
    let (told, waited) = attempt(throttle, name, None, None).await;
    assert_eq!(told, Ok(None));
    waited
}

async fn succeed(throttle: &Throttle, name: &str) -> Duration {
    let (told, waited) = attempt(throttle, name, None, Some(Whose::Anybody)).await;
    assert_eq!(told, Ok(Some(Whose::Anybody)));
    waited
}

/// Attempts that fill the queue of a name.
async fn flood(throttle: &Arc<Throttle>, name: &'static str) {
    for _ in 0..9 {
        fail(throttle, name).await;
    }
    for _ in 0..QUEUE {
        let throttle = Arc::clone(throttle);
        tokio::spawn(async move { attempt(&throttle, name, None, None).await });
    }
    tokio::task::yield_now().await;
    let (told, _) = attempt(throttle, name, None, Some(Whose::Anybody)).await;
    assert_eq!(told, Err(NotNow::Crowded));
}

#[tokio::test(start_paused = true)]
async fn a_known_browser_gets_in_at_once_while_a_flood_lasts() {
    let throttle = Arc::new(Throttle::default());
    flood(&throttle, "ana").await;
    let (told, waited) = attempt(&throttle, "ana", KNOWN, Some(Whose::Anybody)).await;
    assert_eq!((told, waited), (Ok(Some(Whose::Known)), Duration::ZERO));
    // The flood is slowed down as before.
    let (told, _) = attempt(&throttle, "ana", None, Some(Whose::Anybody)).await;
    assert_eq!(told, Err(NotNow::Crowded));
}

#[tokio::test(start_paused = true)]
async fn a_browser_that_fails_too_often_waits_with_everybody_and_for_good() {
    let throttle = Arc::new(Throttle::default());
    let mut waits = Vec::new();
    for _ in 0..MOST_OF_KNOWN {
        let (told, waited) = attempt(&throttle, "ana", KNOWN, None).await;
        assert_eq!(told, Ok(None));
        waits.push(waited.as_secs());
    }
    assert_eq!(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16]);
    sleep(FORGOTTEN).await;
    let (told, _) = attempt(&throttle, "ana", KNOWN, Some(Whose::Anybody)).await;
    assert_eq!(told, Ok(Some(Whose::Anybody)));
    flood(&throttle, "ana").await;
    let (told, _) = attempt(&throttle, "ana", KNOWN, Some(Whose::Anybody)).await;
    assert_eq!(told, Err(NotNow::Crowded));
    // Another browser of the same member is none the worse for it.
    let other = Some(KnownDevice([2; 16]));
    let (told, _) = attempt(&throttle, "ana", other, Some(Whose::Anybody)).await;
    assert_eq!(told, Ok(Some(Whose::Known)));
}

#[tokio::test(start_paused = true)]
async fn a_right_passphrase_does_not_clear_the_slate_of_the_second_step() {
    let throttle = Throttle::default();
    let second = Door::Second(MemberId([0; 16]));
    for _ in 0..MOST_OF_KNOWN {
        let (told, _) = attempt(&throttle, "ana", KNOWN, Some(Whose::Anybody)).await;
        assert_eq!(told, Ok(Some(Whose::Known)));
        let check = async |whose| {
            assert_eq!(whose, Whose::Known);
            Ok::<Option<()>, NotNow>(None)
        };
        throttle.attempt(second, KNOWN, check).await.unwrap();
    }
    let check = async |whose| Ok::<_, NotNow>(Some(whose));
    let told = throttle.attempt(second, KNOWN, check).await;
    assert_eq!(told, Ok(Some(Whose::Anybody)));
}

#[tokio::test(start_paused = true)]
async fn five_failures_are_free_and_then_the_wait_grows_up_to_a_bound() {
    let throttle = Throttle::default();
    let mut waits = Vec::new();
    for _ in 0..12 {
        waits.push(fail(&throttle, "ana").await.as_secs());
    }
    assert_eq!(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 16, 16]);
}

#[tokio::test(start_paused = true)]
async fn the_owner_still_gets_in_and_clears_the_slate() {
    let throttle = Throttle::default();
    for _ in 0..30 {
        fail(&throttle, "ana").await;
    }
    let waited = succeed(&throttle, "ana").await;
    assert!(waited <= LONGEST + Duration::from_millis(5), "{waited:?}");
    assert_eq!(fail(&throttle, "ana").await.as_secs(), 0);
}

#[tokio::test(start_paused = true)]
async fn failures_on_one_account_do_not_slow_another_and_are_forgotten() {
    let throttle = Throttle::default();
    for _ in 0..30 {
        fail(&throttle, "ana").await;
    }
    assert_eq!(fail(&throttle, "eva").await.as_secs(), 0);
    sleep(FORGOTTEN).await;
    assert_eq!(fail(&throttle, "ana").await.as_secs(), 0);
}

#[tokio::test(start_paused = true)]
async fn attempts_at_once_take_turns_and_a_flood_is_turned_away() {
    let throttle = Arc::new(Throttle::default());
    for _ in 0..9 {
        fail(&throttle, "ana").await;
    }
    let before = Instant::now();
    let attempts: Vec<_> = (0..QUEUE + 4)
        .map(|_| {
            let throttle = Arc::clone(&throttle);
            tokio::spawn(async move { attempt(&throttle, "ana", None, None).await.0 })
        })
        .collect();
    let mut turned_away = 0;
    for attempt in attempts {
        turned_away += usize::from(attempt.await.unwrap() == Err(NotNow::Crowded));
    }
    assert_eq!(turned_away, 4);
    let queue = u32::try_from(QUEUE).unwrap();
    assert!(
        before.elapsed() >= LONGEST * queue,
        "{:?}",
        before.elapsed()
    );
}

/// One attempt at a second factor, and how long it took.
async fn second(
    throttle: &Throttle,
    device: Option<KnownDevice>,
    right: bool,
) -> (Result<Option<Whose>, NotNow>, Duration) {
    let before = Instant::now();
    let door = Door::Second(MemberId([7; 16]));
    let check = async |whose| Ok(right.then_some(whose));
    let told = throttle.attempt(door, device, check).await;
    (told, before.elapsed())
}

#[tokio::test(start_paused = true)]
async fn second_factors_are_guessed_a_hundred_times_a_day_at_most() {
    let throttle = Throttle::default();
    let begun = Instant::now();
    let (mut tried, mut waits) = (0, Vec::new());
    while begun.elapsed() < Duration::from_hours(24) {
        match second(&throttle, None, false).await {
            (Ok(_), waited) => {
                assert!(waited <= LONGEST, "{waited:?} with an open connection");
                tried += 1;
            }
            (Err(NotNow::Early(left)), waited) => {
                assert!(LONGEST < left && left <= LONGEST_SECOND, "{left:?}");
                assert_eq!(waited, Duration::ZERO);
                waits.push(left.as_secs());
                sleep(left).await;
            }
            (Err(NotNow::Crowded), _) => panic!("nobody else is there"),
        }
    }
    assert!((90..=110).contains(&tried), "{tried} in a day");
    assert_eq!(waits[..7], [32, 64, 128, 256, 512, 900, 900]);
}

#[tokio::test(start_paused = true)]
async fn whoever_is_early_is_turned_away_even_with_the_right_code_and_no_worse_off() {
    let throttle = Throttle::default();
    while second(&throttle, None, false).await.0.is_ok() {}
    for _ in 0..50 {
        let (told, _) = second(&throttle, None, true).await;
        assert!(matches!(told, Err(NotNow::Early(left)) if left == Duration::from_secs(32)));
    }
    sleep(Duration::from_secs(32)).await;
    assert_eq!(
        second(&throttle, None, true).await.0,
        Ok(Some(Whose::Anybody))
    );
    // The slate is clean.
    assert_eq!(
        second(&throttle, None, false).await,
        (Ok(None), Duration::ZERO)
    );
}

#[tokio::test(start_paused = true)]
async fn no_guessing_keeps_out_the_owner_at_a_known_browser() {
    let throttle = Throttle::default();
    for _ in 0..40 {
        if let (Err(NotNow::Early(left)), _) = second(&throttle, None, false).await {
            sleep(left).await;
        }
    }
    assert!(matches!(
        second(&throttle, None, true).await.0,
        Err(NotNow::Early(_))
    ));
    let (told, waited) = second(&throttle, KNOWN, true).await;
    assert_eq!((told, waited), (Ok(Some(Whose::Known)), Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn a_quiet_day_clears_the_slate_of_the_second_factor_and_a_quarter_of_an_hour_does_not() {
    let throttle = Throttle::default();
    while second(&throttle, None, false).await.0.is_ok() {}
    sleep(FORGOTTEN).await;
    assert_eq!(second(&throttle, None, false).await.0, Ok(None));
    assert!(second(&throttle, None, false).await.0.is_err());
    sleep(FORGOTTEN_SECOND).await;
    for _ in 0..FREE {
        assert_eq!(
            second(&throttle, None, false).await,
            (Ok(None), Duration::ZERO)
        );
    }
}
