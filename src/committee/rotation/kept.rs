//! What the service keeps under its own key: secrets, records, and a few parts of each case.

use store::casefiles::CaseId;
use store::records::{RecordKind, SealedRecord};
use store::rings::{Resealed, ResealedCase};

use super::{Anew, Part, Progress, Rotation, RotationError};
use crate::anchor;
use crate::places;

/// Names of the secrets; each is sealed for the place of its name.
const SECRETS: [&str; 1] = [anchor::ROW];

/// Cases that are asked for at once.
const PAGE: u32 = 512;

/// How often something may be changed by others between reading and writing.
const ATTEMPTS: usize = 20;

/// Sealed anew, and damaged.
type Count = (u64, u64);

impl Rotation {
    /// How many parts were sealed anew, and how many open under no key.
    pub(super) async fn reseal_kept(
        &self,
        tell: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Count, RotationError> {
        let mut sum = (0, 0);
        for name in SECRETS {
            add(&mut sum, self.reseal_secret(name).await?);
        }
        let mut records = Vec::new();
        for kind in RecordKind::ALL {
            for record in self.cases.records(*kind).await? {
                records.push((*kind, record));
            }
        }
        let of = length(&records);
        for ((kind, record), done) in records.into_iter().zip(1..) {
            add(&mut sum, self.reseal_record(kind, record).await?);
            tell(Progress {
                part: Part::Records,
                done,
                of,
            });
        }
        let cases = self.all_cases().await?;
        let of = length(&cases);
        for (case, done) in cases.into_iter().zip(1..) {
            add(&mut sum, self.reseal_case(case).await?);
            tell(Progress {
                part: Part::Cases,
                done,
                of,
            });
        }
        Ok(sum)
    }

    /// How many parts only an older key opens.
    pub(super) async fn needed_kept(&self) -> Result<u64, RotationError> {
        let mut needed = 0;
        let mut look = |anew: &Anew| {
            if let Anew::Becomes(_) = anew {
                needed += 1;
            }
        };
        for name in SECRETS {
            if let Some(sealed) = self.cases.secret(name).await? {
                look(&self.anew(name, &sealed)?);
            }
        }
        for kind in RecordKind::ALL {
            for record in self.cases.records(*kind).await? {
                look(&self.anew(&places::record(kind.code(), record.id.0), &record.sealed)?);
            }
        }
        for case in self.all_cases().await? {
            if let Some(parts) = self.parts(case).await? {
                parts.iter().for_each(|(_, anew)| look(anew));
            }
        }
        Ok(needed)
    }

    async fn reseal_secret(&self, name: &str) -> Result<Count, RotationError> {
        for _ in 0..ATTEMPTS {
            let Some(sealed) = self.cases.secret(name).await? else {
                return Ok((0, 0));
            };
            match self.anew(name, &sealed)? {
                Anew::Is => return Ok((0, 0)),
                Anew::Damaged => return Ok((0, 1)),
                Anew::Becomes(anew) => {
                    if self.cases.replace_secret(name, &sealed, &anew).await? {
                        return Ok((1, 0));
                    }
                }
            }
        }
        Err(RotationError::Contended)
    }

    async fn reseal_record(
        &self,
        kind: RecordKind,
        mut record: SealedRecord,
    ) -> Result<Count, RotationError> {
        let place = places::record(kind.code(), record.id.0);
        for _ in 0..ATTEMPTS {
            match self.anew(&place, &record.sealed)? {
                Anew::Is => return Ok((0, 0)),
                Anew::Damaged => return Ok((0, 1)),
                Anew::Becomes(anew) => {
                    let wrote = self
                        .cases
                        .put_record(kind, record.id, Some(&record.sealed), &anew)
                        .await?;
                    if wrote {
                        return Ok((1, 0));
                    }
                }
            }
            match self.cases.record(kind, record.id).await? {
                Some(now) => record = now,
                None => return Ok((0, 0)),
            }
        }
        Err(RotationError::Contended)
    }

    async fn reseal_case(&self, case: CaseId) -> Result<Count, RotationError> {
        for _ in 0..ATTEMPTS {
            let Some(parts) = self.parts(case).await? else {
                return Ok((0, 0));
            };
            let count = parts
                .iter()
                .fold((0, 0), |(anew, damaged), (_, one)| match one {
                    Anew::Is => (anew, damaged),
                    Anew::Becomes(_) => (anew + 1, damaged),
                    Anew::Damaged => (anew, damaged + 1),
                });
            if count.0 == 0 || self.replace(case, &parts).await? {
                return Ok(count);
            }
        }
        Err(RotationError::Contended)
    }

    async fn replace(&self, case: CaseId, parts: &Parts) -> Result<bool, RotationError> {
        Ok(self
            .cases
            .reseal_case(
                case,
                ResealedCase {
                    service_record: resealed(&parts.service_record),
                    circle: parts.circle.as_ref().map(resealed),
                    course: parts.course.as_ref().map(resealed),
                    committee_wrap: parts.committee_wrap.as_ref().map(resealed),
                },
            )
            .await?)
    }

    /// What lies under the committee's key of a case; `None` when there is no such case any more.
    async fn parts(&self, case: CaseId) -> Result<Option<Parts>, RotationError> {
        let Some(handle) = self.cases.handle(case).await? else {
            return Ok(None);
        };
        let service_record = self.anew(&places::service_record(case), &handle.service_record)?;
        let part = |place: String, sealed: Option<Vec<u8>>| {
            let Some(sealed) = sealed else {
                return Ok::<_, RotationError>(None);
            };
            let anew = self.anew(&place, &sealed)?;
            Ok(Some((sealed, anew)))
        };
        Ok(Some(Parts {
            service_record: (handle.service_record, service_record),
            circle: part(places::circle(case), handle.circle)?,
            course: part(places::course(case), handle.course)?,
            committee_wrap: part(
                places::committee_wrap(case),
                self.cases.committee_wrap(case).await?,
            )?,
        }))
    }

    fn anew(&self, place: &str, sealed: &[u8]) -> Result<Anew, RotationError> {
        Ok(Anew::of(self.keyring.reseal_record(place, sealed))?)
    }

    async fn all_cases(&self) -> Result<Vec<CaseId>, RotationError> {
        let mut all: Vec<CaseId> = Vec::new();
        loop {
            let page = self.cases.case_ids(all.last().copied(), PAGE).await?;
            if page.is_empty() {
                return Ok(all);
            }
            all.extend(page);
        }
    }
}

/// A part as it is kept, and what becomes of it.
type SealedPart = (Vec<u8>, Anew);

/// What lies under the committee's key of one case.
struct Parts {
    service_record: SealedPart,
    circle: Option<SealedPart>,
    course: Option<SealedPart>,
    committee_wrap: Option<SealedPart>,
}

impl Parts {
    fn iter(&self) -> impl Iterator<Item = &SealedPart> {
        [&self.service_record]
            .into_iter()
            .chain(&self.circle)
            .chain(&self.course)
            .chain(&self.committee_wrap)
    }
}

/// A part that does not change is shown to be what it was.
fn resealed((old, anew): &SealedPart) -> Resealed<'_> {
    let new = match anew {
        Anew::Becomes(new) => new,
        Anew::Is | Anew::Damaged => old,
    };
    Resealed { old, new }
}

fn add(sum: &mut Count, more: Count) {
    sum.0 += more.0;
    sum.1 += more.1;
}

fn length<T>(all: &[T]) -> u64 {
    u64::try_from(all.len()).expect("what is in memory can be counted")
}
