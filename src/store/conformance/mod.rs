//! What every driver must do, as rules that each driver's tests run against its own engine.
//!
//! A rule is one function whose name is a sentence. It gets a [`Fixture`], which opens the same
//! fresh database as often as the rule asks. A driver crate implements the fixture once and stamps
//! all rules with [`suite!`](crate::suite). What a rule writes is drawn from a fixed seed
//! ([`samples`]), so that a failure repeats.

use std::collections::BTreeSet;

use async_trait::async_trait;
use sealing::EnvelopeId;

use crate::casefiles::CaseFiles;
use crate::mailroom::Mailroom;

pub mod announcements;
pub mod batches;
pub mod casefiles;
pub mod evidence;
pub mod log;
pub mod mailroom;
pub mod order;
pub mod progress;
pub mod receipts;
pub mod records;
pub mod rings;
pub mod samples;
pub mod schema;
pub mod shelves;
pub mod steps;
#[cfg(test)]
mod tests;
pub mod waiting;
pub mod words;

/// A table and one of its columns.
pub type TableColumn = (String, String);

/// A fresh database of each store, gone when this is dropped.
#[async_trait]
pub trait Fixture: Send + Sync {
    /// Prepares empty databases. Fails, and never skips, when there is no server.
    async fn fresh() -> Self
    where
        Self: Sized;

    /// Opens the mailroom, again each time.
    async fn mailroom(&self) -> Box<dyn Mailroom>;

    /// Opens the case files, again each time.
    async fn case_files(&self) -> Box<dyn CaseFiles>;

    /// Gives an envelope that waits a day of reception that is none, `2026-99-99`, past all that the
    /// schema has against it.
    async fn spoil(&self, id: EnvelopeId);

    /// Tries each kind of statement against an entry of the log, past all that the driver has; gives
    /// those that were not refused.
    async fn tamper_with_the_log(&self) -> Vec<&'static str>;

    /// Every column of a store (`mailroom` or `casefiles`) as the engine itself lists them.
    async fn columns(&self, store: &str) -> BTreeSet<TableColumn>;
}

/// Stamps one test for each rule: `store::suite!(TheFixture);`.
#[macro_export]
macro_rules! suite {
    ($fixture:ty) => {
        $crate::suite!($fixture, mailroom:
            what_is_deposited_waits_and_its_mailbox_is_there
            a_deposit_made_twice_is_made_once
            a_deposit_whose_mailbox_is_there_changes_nothing
            one_group_may_hold_a_deposit_twice
            a_group_is_stored_whole_or_not_at_all
            an_empty_group_is_no_error
            a_further_message_makes_no_mailbox
            an_unknown_mailbox_is_empty
            entries_come_by_position
            a_mailbox_is_read_by_pages
            a_reply_is_posted_once
            other_bytes_give_way_to_a_reply
            the_first_entry_never_gives_way
            the_highest_position_is_kept
            every_envelope_size_is_stored
            every_entry_size_is_stored
            what_is_no_envelope_size_is_refused
            the_mailroom_outlives_its_process
            two_processes_deposit_into_one_mailroom
            two_processes_deposit_the_same_once
            a_shuffle_changes_no_content
            deposits_go_on_while_the_mailroom_is_shuffled
            a_purged_mailbox_is_one_that_never_was
            a_mailbox_moves_to_other_words_once
            the_mailroom_answers
        );
        $crate::suite!($fixture, words:
            the_first_words_have_the_mailbox_and_the_second_leave_nothing
            words_that_were_changed_cannot_be_changed_again
            words_of_no_mailbox_are_not_changed
            words_are_changed_whole_or_not_at_all
            of_many_who_come_at_once_one_has_the_mailbox
        );
        $crate::suite!($fixture, announcements:
            what_is_announced_is_found_by_its_key
            what_cannot_be_announced_changes_nothing
            what_is_announced_by_two_processes_is_always_there
        );
        $crate::suite!($fixture, casefiles:
            what_is_admitted_reads_back
            an_envelope_is_admitted_once
            a_taken_folio_leaves_nothing_behind
            a_taken_mailbox_leaves_nothing_behind
            two_processes_admit_an_envelope_once
            the_register_comes_by_folio_and_year
            terms_come_by_the_day_they_end
            documents_come_by_day
            an_unknown_case_has_nothing
            the_first_secret_is_kept
            a_secret_gives_way_to_whoever_read_it
            two_processes_keep_one_secret
            the_case_files_outlive_their_process
            a_shuffle_changes_no_case
            the_case_files_answer
        );
        $crate::suite!($fixture, evidence:
            a_chunk_is_there_until_it_is_removed
            a_chunk_is_stored_once
            chunks_are_stored_whole_or_not_at_all
            two_processes_store_chunks
            a_day_is_swept_in_steps
            the_days_of_what_is_pending_are_told
            a_shuffle_changes_no_evidence
            a_case_keeps_its_chunks
            a_document_is_added_once
        );
        $crate::suite!($fixture, receipts:
            each_complaint_adds_a_leaf_to_its_day
            what_was_deposited_before_adds_no_leaf
            a_tree_is_published_once_and_after_the_one_before
            heads_come_newest_first
            published_leaves_are_forgotten
        );
        $crate::suite!($fixture, steps:
            a_step_changes_its_case
            a_message_changes_its_case
            a_step_may_be_an_entry_alone
            a_step_that_comes_too_late_leaves_nothing_behind
            two_steps_take_two_positions
            a_step_may_be_unheard
            a_step_changes_several_terms
            a_course_gives_way_to_whoever_read_it
            what_a_person_confirms_is_in_the_register_and_the_proposal_in_its_document
            what_is_hidden_is_in_the_register_once_a_person_has_confirmed
            what_a_person_confirmed_first_is_not_proposed_over
            a_step_and_its_log_entry_are_one
            cases_are_due_by_term_and_day
        );
        $crate::suite!($fixture, waiting:
            only_what_is_sealed_to_the_key_waits
            pages_of_what_waits_leave_nothing_out
            no_more_wait_than_asked_for
            what_waits_comes_in_an_order_that_tells_nothing
            what_is_removed_waits_no_longer
            what_is_quarantined_is_kept_to_the_byte
            what_is_gone_cannot_be_quarantined
            a_second_envelope_of_an_id_is_quarantined_beside_the_first
            a_row_that_does_not_read_back_holds_up_no_other
            the_backlog_counts_ours_foreign_and_quarantined
            what_waits_is_sealed_anew_in_its_place
        );
        $crate::suite!($fixture, progress:
            a_message_follows_its_case
            a_message_follows_once
            a_message_for_a_taken_position_leaves_nothing_behind
            two_messages_take_two_positions
            an_unknown_mailbox_has_no_case
            a_case_is_classified_once
            a_case_that_is_not_there_is_not_classified
            a_case_without_protocols_is_classified
            a_reply_stays_in_the_outbox_until_it_is_delivered
            the_outbox_gives_no_more_than_asked_for
            a_case_gets_another_mailbox_once
            another_mailbox_that_comes_too_late_leaves_nothing_behind
        );
        $crate::suite!($fixture, batches:
            a_batch_is_admitted_but_for_what_conflicts
            a_batch_admitted_twice_is_admitted_once
            two_processes_admit_a_batch_once
            what_is_known_comes_in_the_order_asked
            proposals_are_written_but_for_what_comes_too_late
            replies_are_posted_together
            a_batch_with_a_first_entry_that_is_taken_posts_nothing
            two_processes_post_the_same
            what_is_done_goes_together
            records_are_kept_unless_there_are_any
            what_waits_comes_in_steps_of_bounded_length
            an_empty_batch_changes_nothing
        );
        $crate::suite!($fixture, rings:
            access_reads_back
            a_waiting_case_is_handed_to_the_members
            the_register_gives_each_case_its_circle
            a_change_that_comes_too_late_leaves_nothing_behind
            a_case_gets_a_new_key_and_its_documents_follow
            a_ring_is_replaced_under_its_key
            a_resealing_that_leaves_a_document_out_is_refused
            a_change_to_a_key_without_a_ring_is_refused
            what_is_sealed_to_an_older_key_comes_too_late
            no_document_slips_past_a_resealing
            a_case_is_sealed_anew_if_it_is_as_it_was_read
            every_case_is_named_once
            all_of_a_deleted_case_goes
            what_is_no_size_of_a_circle_or_ring_is_refused
        );
        $crate::suite!($fixture, records:
            a_record_reads_back
            a_record_gives_way_to_whoever_read_it
            two_processes_change_a_record_one_after_the_other
            a_record_and_a_secret_change_together
            what_is_no_record_size_is_refused
            a_shuffle_changes_no_record
        );
        $crate::suite!($fixture, shelves:
            every_shelf_has_a_mark
            shelves_hold_the_register
            whatever_changes_in_a_case_marks_its_shelf
            a_shuffle_leaves_every_shelf_as_it_was
        );
        $crate::suite!($fixture, log:
            the_log_reads_back
            an_entry_takes_the_next_place
            two_processes_take_two_places
            no_statement_changes_or_deletes_an_entry
            what_is_no_entry_of_the_log_is_refused
            a_shuffle_leaves_the_log_whole
        );
        $crate::suite!($fixture, schema:
            every_column_is_in_the_inventory
        );
    };
    ($fixture:ty, $part:ident: $($rule:ident)+) => {
        mod $part {
            use super::*;
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $rule() {
                    let fixture = <$fixture as $crate::conformance::Fixture>::fresh().await;
                    $crate::conformance::$part::$rule(&fixture).await;
                }
            )+
        }
    };
}
