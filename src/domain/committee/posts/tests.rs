use super::*;
use crate::committee::people::{TODAY, committee, id};

fn posts(text: &str, asked: Asked) -> Vec<Post> {
    find(&Folded::new(text), asked)
}

#[test]
fn a_seat_is_known_by_its_name() {
    let seat = |seat| vec![Post::Seat(seat, Held::Titular)];
    for (text, expected) in [
        (
            "La titular de la Secretaría Técnica",
            seat(Seat::SecretariaTecnica),
        ),
        ("SECRETARIO EJECUTIVO", seat(Seat::SecretariaEjecutiva)),
        ("presidente del comité de ética", seat(Seat::Presidencia)),
        ("la Presidencia del Comité", seat(Seat::Presidencia)),
        ("integrante electa del Comité", seat(Seat::Electa)),
        ("representante del OIC", seat(Seat::RepresentacionOic)),
        ("la persona consejera", seat(Seat::Consejera)),
        (
            "suplente de la presidencia del comité",
            vec![Post::Seat(Seat::Presidencia, Held::Suplente)],
        ),
        ("es integrante del comité de ética", vec![Post::AnyMember]),
        ("alguien de su comité", vec![Post::AnyMember]),
        ("presidente municipal", vec![]),
        ("presidenta del sindicato", vec![]),
        ("secretaria del director", vec![]),
        ("asesor jurídico", vec![]),
        ("jefe de enfermería", vec![]),
    ] {
        assert_eq!(posts(text, Asked::Anybody), expected, "{text}");
    }
    for (text, expected) in [
        ("La presidenta", seat(Seat::Presidencia)),
        ("la consejera", seat(Seat::Consejera)),
        ("todo el comité", vec![Post::AnyMember]),
        ("nadie del comité debe verla", vec![Post::AnyMember]),
        ("mi jefe", vec![]),
    ] {
        assert_eq!(posts(text, Asked::Committee), expected, "{text}");
    }
}

#[test]
fn of_a_seat_the_holder_is_meant_and_a_suplente_while_there_is_none() {
    let mut members = committee();
    let meant = |post: Post, members: &[MemberProfile]| post.meant(members, TODAY);
    let presidencia = Post::Seat(Seat::Presidencia, Held::Titular);
    assert_eq!(meant(presidencia, &members), [(id(1), true)]);
    assert_eq!(
        meant(Post::Seat(Seat::Presidencia, Held::Suplente), &members),
        [(id(101), true)]
    );
    let electas = Post::Seat(Seat::Electa, Held::Titular);
    assert_eq!(
        meant(electas, &members),
        [(id(4), false), (id(5), false), (id(6), false)]
    );
    let any = meant(Post::AnyMember, &members);
    assert!(any.iter().all(|(_, surely)| !surely));
    assert!(
        any.iter()
            .all(|(member, _)| *member != id(7) && *member != id(107))
    );
    assert_eq!(any.len(), 12);
    members[0].suspended_from = Some(TODAY);
    assert_eq!(
        meant(presidencia, &members),
        [(id(1), true)],
        "who is suspended holds the seat, and whoever stands in acts"
    );
    members[0].agreement_on = None;
    assert_eq!(
        meant(presidencia, &members),
        [(id(1), false), (id(101), true)]
    );
}
