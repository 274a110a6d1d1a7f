-- One order over all versions of all calls. Calls are stored under one lock, so it is the order of commits
-- too.
CREATE SEQUENCE call_version_seq;
CREATE SEQUENCE event_seq;

-- ======== whose rows are shown ============================================================================

-- A session declares on whose behalf it asks: carnot.institute for what an institute shares with its network,
-- carnot.inside for what stays within it; '*' is everybody's. Who declared nothing sees nothing, and the
-- owner of the tables is bound too. carnot.since leaves out what lay inside before: of somebody whom the network
-- let in after others, until these or the operator let them see it. Where a policy asks for each row, "sees all" is written as an inequality
-- (rtrim … <> …): the planner expects an equality to hold for few rows and would plan for them. Of tables
-- that are scanned in bulk the setting is asked once for a statement (SELECT current_setting …).

-- Functions, since a policy that joins another table is planned anew with each statement.
CREATE FUNCTION sees_follow_of(about uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
  AS $$ BEGIN RETURN EXISTS (SELECT FROM follow WHERE recipient_id = about); END $$;

CREATE FUNCTION sees_joint_of(about uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
  AS $$ BEGIN RETURN EXISTS (SELECT FROM interest WHERE call_id = about AND joined_at IS NOT NULL); END $$;

CREATE FUNCTION sees_joint_step(about uuid, line integer) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
  AS $$ BEGIN RETURN EXISTS (
    SELECT FROM joint_opportunity j JOIN interest i ON i.call_id = j.call_id
     WHERE j.id = about AND i.joined_at IS NOT NULL AND line > i.joined_after); END $$;

-- Part of each policy, as an expression.
CREATE FUNCTION shows_since(made timestamptz) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(current_setting('carnot.since', true), '') = ''
      OR made >= nullif(current_setting('carnot.since', true), '')::timestamptz
$$;

CREATE FUNCTION sees_named(about text) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
  AS $$ BEGIN RETURN EXISTS (SELECT FROM audit WHERE actor_name = about) OR EXISTS (SELECT FROM audit WHERE origin_name = about) OR EXISTS (SELECT FROM audit WHERE subject_name = about); END $$;

CREATE FUNCTION sees_person(about uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
  AS $$ BEGIN RETURN EXISTS (SELECT FROM person WHERE id = about); END $$;

CREATE FUNCTION sees_reading(about text) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
  AS $$ BEGIN RETURN EXISTS (SELECT FROM match WHERE reading_key = about); END $$;

CREATE FUNCTION sees_recipient(about uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
  AS $$ BEGIN RETURN EXISTS (SELECT FROM recipient WHERE id = about); END $$;

-- ======== platform ========================================================================================

CREATE TABLE setting (
  key text PRIMARY KEY,
  value jsonb NOT NULL
);

-- ======== audit ===========================================================================================

CREATE TABLE audit (
  position bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  action text NOT NULL,
  actor_kind text NOT NULL,
  actor uuid,
  actor_profile text,
  via text,
  origin uuid,
  profile_id text,
  subject text,
  detail jsonb NOT NULL,
  -- Hashes of the names of that time: see audit_name.
  actor_name text,
  origin_name text,
  subject_name text,
  previous text NOT NULL,
  hash text NOT NULL
);
CREATE INDEX audit_actor_name ON audit (actor_name) WHERE actor_name IS NOT NULL;
CREATE INDEX audit_origin_name ON audit (origin_name) WHERE origin_name IS NOT NULL;
-- Of two that would follow the same entry, one fails.
CREATE UNIQUE INDEX audit_previous ON audit (previous);
CREATE INDEX audit_profile ON audit (profile_id, "position");
CREATE INDEX audit_subject_name ON audit (subject_name) WHERE subject_name IS NOT NULL;
CREATE POLICY institute ON audit USING (
  (SELECT current_setting('carnot.institute', true) = '*')
  OR profile_id = (SELECT current_setting('carnot.institute', true))
);
ALTER TABLE audit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE audit_name (
  key text,
  since timestamptz,
  pseudonym uuid NOT NULL,
  name text NOT NULL,
  address text,
  -- Of whoever it names; null for the network, and for who came without signing in.
  profile_id text,
  -- Goes with the name: after that, no guess at the name can be verified.
  secret text NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (key, since)
);
CREATE UNIQUE INDEX audit_name_hash ON audit_name (hash);
CREATE INDEX audit_name_pseudonym ON audit_name (pseudonym, since);
-- An institute sees its own people, and who from elsewhere is named in its entries; the network has no part
-- in whom an institute asks.
CREATE POLICY institute ON audit_name USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR profile_id = current_setting('carnot.institute', true)
  OR (key !~ '^(researcher|newsletter-reader)/' AND (
    rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
    OR sees_named(hash)
  ))
);
ALTER TABLE audit_name ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- ======== monitoring ======================================================================================

CREATE TABLE alarm (
  id uuid PRIMARY KEY,
  subject text NOT NULL,
  previous text NOT NULL,
  state text NOT NULL,
  reason text,
  raised_at timestamptz NOT NULL,
  trouble_since timestamptz,
  logged_at timestamptz,
  delivery text NOT NULL,
  incident_id uuid REFERENCES alarm ON DELETE SET NULL
);
CREATE INDEX alarm_incident ON alarm (incident_id);
CREATE INDEX alarm_raised ON alarm (raised_at);
CREATE INDEX alarm_unlogged ON alarm (raised_at) WHERE (logged_at IS NULL);
CREATE INDEX alarm_waiting ON alarm (raised_at) WHERE (delivery = 'pending');

CREATE TABLE monitor (
  subject text PRIMARY KEY,
  state text NOT NULL,
  since timestamptz NOT NULL,
  trouble_since timestamptz,
  alarm_id uuid REFERENCES alarm ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  acknowledged_at timestamptz,
  incident_id uuid REFERENCES alarm ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  mailed_at timestamptz,
  calm_until timestamptz,
  reason text,
  seen_at timestamptz
);
CREATE INDEX monitor_alarm ON monitor (alarm_id);
CREATE INDEX monitor_incident ON monitor (incident_id);

-- ======== profiles ========================================================================================

CREATE TABLE profile (
  id text PRIMARY KEY,
  content jsonb NOT NULL,
  revision integer NOT NULL,
  file_hash text,
  file_conflict jsonb,
  edited_at timestamptz,
  updated_at timestamptz NOT NULL,
  matched_revision integer NOT NULL DEFAULT 0,
  matched_seq bigint NOT NULL DEFAULT 0,
  matched_by text,
  matched_verdicts text,
  matched_meaning text,
  matched_read_seq bigint NOT NULL DEFAULT 0,
  reading_since timestamptz
);
CREATE POLICY institute ON profile USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR id = current_setting('carnot.institute', true)
);
ALTER TABLE profile ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE contact (
  profile_id text REFERENCES profile ON DELETE CASCADE,
  address text,
  created_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  asked_at timestamptz,
  token_hash text,
  expires_at timestamptz,
  admitted_at timestamptz,
  admitted_by text,
  admitted_by_id uuid,
  PRIMARY KEY (profile_id, address)
);
CREATE INDEX contact_address ON contact (address);
CREATE INDEX contact_admitted_by ON contact (admitted_by_id);
CREATE UNIQUE INDEX contact_token ON contact (token_hash);
CREATE POLICY institute ON contact USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR profile_id = current_setting('carnot.institute', true)
);
ALTER TABLE contact ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE contact_change (
  profile_id text PRIMARY KEY REFERENCES profile ON DELETE CASCADE,
  contacts jsonb NOT NULL,
  asked_by text,
  asked_by_id uuid,
  asked_at timestamptz NOT NULL,
  notified_at timestamptz
);
CREATE INDEX contact_change_asked_by ON contact_change (asked_by_id);
CREATE POLICY institute ON contact_change USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR profile_id = current_setting('carnot.institute', true)
);
ALTER TABLE contact_change ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE profile_version (
  profile_id text REFERENCES profile ON DELETE CASCADE,
  number integer,
  content jsonb NOT NULL,
  origin text NOT NULL,
  by text,
  by_id uuid,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (profile_id, number)
);
CREATE INDEX profile_version_by ON profile_version (by_id);
CREATE POLICY institute ON profile_version USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR profile_id = current_setting('carnot.institute', true)
);
ALTER TABLE profile_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- ======== outbox ==========================================================================================

-- E-mails of one occasion each: a link to sign in, an invitation, a call proposed to a researcher.
CREATE TABLE transactional_mail (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  profile_id text REFERENCES profile,
  to_name text,
  to_address text NOT NULL,
  reply_to text,
  subject text NOT NULL,
  text text NOT NULL,
  html text NOT NULL,
  message_id text NOT NULL,
  expires_at timestamptz,
  state text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  error text,
  created_at timestamptz NOT NULL,
  claimed_at timestamptz,
  next_try_at timestamptz,
  sent_at timestamptz,
  sent_where text,
  alarm_id uuid REFERENCES alarm ON DELETE CASCADE,
  given_up_at timestamptz,
  threads text[] NOT NULL DEFAULT '{}',
  from_name text,
  unsubscribe_url text
);
CREATE INDEX transactional_mail_alarm ON transactional_mail (alarm_id);
CREATE INDEX transactional_mail_profile ON transactional_mail (profile_id);
CREATE INDEX transactional_mail_sent ON transactional_mail (sent_at);
CREATE INDEX transactional_mail_waiting ON transactional_mail (state) WHERE (state = ANY (ARRAY['pending', 'sending']));
CREATE POLICY institute ON transactional_mail USING (
  (SELECT current_setting('carnot.institute', true) = '*')
  OR profile_id = (SELECT current_setting('carnot.institute', true))
);
ALTER TABLE transactional_mail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- ======== access ==========================================================================================

CREATE TABLE person (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  name text NOT NULL,
  name_since timestamptz NOT NULL,
  -- Those borne for longer than a day.
  former_names text[] NOT NULL DEFAULT '{}',
  language text NOT NULL,
  role text NOT NULL,
  profile_id text REFERENCES profile,
  created_at timestamptz NOT NULL,
  invited_by text,
  invited_by_id uuid REFERENCES person ON DELETE SET NULL,
  last_seen_at timestamptz,
  removed_at timestamptz,
  leaves_at timestamptz,
  leaves_asked_by text,
  leaves_asked_by_id uuid REFERENCES person ON DELETE SET NULL,
  leaves_mail_id uuid REFERENCES transactional_mail DEFERRABLE INITIALLY DEFERRED,
  leaves_reminded_at timestamptz,
  -- They see what lies inside from then on; null if they see all of it.
  inside_from timestamptz,
  pipeline_mails text NOT NULL DEFAULT 'all',
  telephone text,
  -- Whether the members of a joint opportunity see their name, address and telephone.
  shows_contact boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX person_email ON person (email) WHERE (removed_at IS NULL);
CREATE INDEX person_invited_by ON person (invited_by_id);
CREATE INDEX person_leaves_asked_by ON person (leaves_asked_by_id);
CREATE INDEX person_leaves_mail ON person (leaves_mail_id);
-- Whoever is removed and invited elsewhere is another person there.
CREATE UNIQUE INDEX person_place ON person (email, profile_id) NULLS NOT DISTINCT;
CREATE INDEX person_profile ON person (profile_id);
-- These tables come before people.
ALTER TABLE contact ADD FOREIGN KEY (admitted_by_id) REFERENCES person ON DELETE SET NULL;
ALTER TABLE contact_change ADD FOREIGN KEY (asked_by_id) REFERENCES person ON DELETE SET NULL;
ALTER TABLE profile_version ADD FOREIGN KEY (by_id) REFERENCES person ON DELETE SET NULL;
CREATE POLICY institute ON person USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR profile_id = current_setting('carnot.institute', true)
);
ALTER TABLE person ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE api_key (
  id uuid PRIMARY KEY,
  token_hash text NOT NULL,
  hint text NOT NULL,
  name text NOT NULL,
  person_id uuid REFERENCES person ON DELETE CASCADE,
  profile_id text REFERENCES profile ON DELETE CASCADE,
  scope text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz,
  maker_id uuid REFERENCES person ON DELETE CASCADE
);
CREATE INDEX api_key_maker ON api_key (maker_id);
CREATE INDEX api_key_person ON api_key (person_id);
CREATE INDEX api_key_profile ON api_key (profile_id);
CREATE UNIQUE INDEX api_key_token ON api_key (token_hash);
CREATE POLICY institute ON api_key USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(created_at))
  OR (profile_id IS NULL AND (current_setting('carnot.institute', true) = '*'))
  OR (profile_id IS NULL AND sees_person(person_id))
);
ALTER TABLE api_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE identity (
  provider text,
  subject text,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (provider, subject)
);
CREATE UNIQUE INDEX identity_person ON identity (person_id, provider);
CREATE POLICY institute ON identity USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR sees_person(person_id)
);
ALTER TABLE identity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE passkey (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  name text NOT NULL,
  credential text NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz
);
CREATE UNIQUE INDEX passkey_credential ON passkey (credential);
CREATE INDEX passkey_person ON passkey (person_id);
CREATE POLICY institute ON passkey USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR sees_person(person_id)
);
ALTER TABLE passkey ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Links, sessions, keys and secret addresses are stored as hashes: who reads the database cannot sign in with
-- them.
CREATE TABLE session (
  id uuid PRIMARY KEY,
  token_hash text NOT NULL,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  user_agent text,
  provider text,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  revoked_at timestamptz,
  authenticated_at timestamptz,
  second_factor_at timestamptz,
  challenge text,
  challenge_until timestamptz
);
CREATE INDEX session_person ON session (person_id);
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE POLICY institute ON session USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR sees_person(person_id)
);
ALTER TABLE session ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE sign_in_link (
  token_hash text PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  next text
);
CREATE INDEX sign_in_link_person ON sign_in_link (person_id);
CREATE POLICY institute ON sign_in_link USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR sees_person(person_id)
);
ALTER TABLE sign_in_link ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- The form is that of rate-limiter-flexible, shared by all processes.
CREATE TABLE sign_in_rate_limit (
  key character varying(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);

-- ======== calls ===========================================================================================

CREATE TABLE call (
  id uuid PRIMARY KEY,
  content jsonb NOT NULL,
  content_hash text NOT NULL,
  version integer NOT NULL,
  first_seq bigint NOT NULL,
  seq bigint NOT NULL,
  -- Its identifier, or the source's reference where it has none: the order of calls that are found equally well.
  reference text NOT NULL DEFAULT '',
  -- Its title without the edition: lists fold the calls that share it.
  topic text,
  programme text,
  opens_at timestamptz,
  last_deadline_at timestamptz,
  source_status text NOT NULL,
  -- Full text in French and English, for the search box.
  search tsvector NOT NULL,
  -- The same words as written, for identifiers, translated terms and beginnings of words.
  words tsvector NOT NULL DEFAULT '',
  -- Those of title and identifier, by which what is found is ordered: unpacking all words of each takes seconds.
  title_words tsvector NOT NULL DEFAULT '',
  first_seen_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  identity_keys text[] NOT NULL DEFAULT '{}',
  -- Beside the content, so that a year of deadlines is read without unpacking the text of each call.
  deadlines jsonb NOT NULL DEFAULT '[]',
  -- All of a call but its text, for lists: unpacking the content of twenty calls takes 60 to 100 ms.
  summary jsonb NOT NULL DEFAULT '{}',
  bottom_up boolean NOT NULL DEFAULT false,
  -- The sentence of its text that says its objective, and what a language model wrote of that text.
  objective text,
  written jsonb
);
CREATE INDEX call_first_seen ON call (first_seen_at);
CREATE INDEX call_first_seq ON call (first_seq);
CREATE INDEX call_identifier ON call USING hash (upper((content ->> 'identifier')));
-- A call is recognised by these where another source shows it too.
CREATE INDEX call_identity_keys ON call USING gin (identity_keys);
-- How many there are of each status, counted for each list.
CREATE INDEX call_listed ON call (id) INCLUDE (version, bottom_up, withdrawn_at, last_deadline_at, opens_at, source_status);
-- The calls that are not over: lists read these instead of all that were ever stored.
CREATE INDEX call_not_over ON call (last_deadline_at) INCLUDE (id, withdrawn_at);
CREATE INDEX call_programme ON call (programme);
CREATE INDEX call_search ON call USING gin (search);
CREATE INDEX call_seq ON call (seq);
-- The topics of one call that state the same total.
CREATE INDEX call_sisters ON call (((summary ->> 'callIdentifier')), (((summary -> 'budget') ->> 'total')));
-- For half words that very many calls have.
CREATE INDEX call_title_words ON call USING gin (title_words);
-- What a line of an imported sheet may name a call by; hashes, since a title may be too long for a tree.
CREATE INDEX call_title ON call USING hash (trim(regexp_replace(lower((content ->> 'title')), '[^[:alnum:]]+', ' ', 'g')));
-- The other calls of a topic, which lists fold.
CREATE INDEX call_topic ON call USING hash (topic);
CREATE INDEX call_words ON call USING gin (words);
CREATE INDEX call_url ON call USING hash (((content ->> 'url')));

CREATE TABLE call_note (
  call_id uuid REFERENCES call ON DELETE CASCADE,
  day date,
  hash text,
  text text NOT NULL,
  source_id text NOT NULL,
  first_seen_at timestamptz NOT NULL,
  PRIMARY KEY (call_id, day, hash)
);

CREATE TABLE call_version (
  call_id uuid REFERENCES call ON DELETE CASCADE,
  version integer,
  seq bigint NOT NULL,
  content jsonb NOT NULL,
  content_hash text NOT NULL,
  changes jsonb NOT NULL,
  seen_at timestamptz NOT NULL,
  run_id uuid NOT NULL,
  kinds text[] NOT NULL DEFAULT '{}',
  source_id text,
  document_hash text,
  -- Since when its texts are no longer kept: see retention.
  texts_dropped_at timestamptz,
  PRIMARY KEY (call_id, version)
);
CREATE INDEX call_version_changed ON call_version (seq) WHERE (kinds <> '{}'::text[]);
CREATE INDEX call_version_run ON call_version (run_id);
CREATE INDEX call_version_seen ON call_version (seen_at);
CREATE UNIQUE INDEX call_version_seq_key ON call_version (seq);

-- What happened since a moment, in the order in which it may be told.
CREATE TABLE event (
  key text PRIMARY KEY,
  seq bigint NOT NULL,
  kind text NOT NULL,
  call_id uuid REFERENCES call ON DELETE CASCADE,
  version integer,
  profile_id text REFERENCES profile ON DELETE CASCADE,
  about uuid,
  by_call boolean NOT NULL DEFAULT false,
  -- Of a match: for the institute's own people only, or for everybody else only.
  inside boolean,
  at timestamptz NOT NULL
);
CREATE INDEX event_call ON event (call_id);
CREATE INDEX event_profile ON event (profile_id);
CREATE UNIQUE INDEX event_seq_key ON event (seq);
CREATE POLICY institute ON event USING (
  profile_id IS NULL
  OR CASE WHEN inside
    THEN (SELECT current_setting('carnot.inside', true) = '*')
      OR profile_id = (SELECT current_setting('carnot.inside', true))
    ELSE (SELECT current_setting('carnot.institute', true) = '*')
      OR profile_id = (SELECT current_setting('carnot.institute', true))
  END
);
ALTER TABLE event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- ======== funded-projects =================================================================================

CREATE TABLE history_file (
  hash text PRIMARY KEY,
  kind text NOT NULL,
  rows integer NOT NULL,
  bad integer NOT NULL,
  problems jsonb NOT NULL,
  lost integer NOT NULL,
  changed integer NOT NULL,
  imported_at timestamptz NOT NULL,
  logged boolean NOT NULL DEFAULT false,
  reading integer NOT NULL DEFAULT 1
);

CREATE TABLE history_project (
  id bigint PRIMARY KEY,
  acronym text NOT NULL,
  title text NOT NULL,
  objective text,
  programme text NOT NULL,
  start_on date,
  end_on date,
  funding_scheme text,
  topic_codes text[] NOT NULL,
  status text,
  total_cost numeric(15,2),
  ec_max_contribution numeric(15,2)
);
CREATE INDEX history_project_topics ON history_project USING gin (topic_codes);

CREATE TABLE history_participant (
  project_id bigint REFERENCES history_project ON DELETE CASCADE,
  pic text,
  role text,
  country text NOT NULL,
  city text,
  name text NOT NULL,
  sme boolean,
  activity_type text,
  nuts_code text,
  ec_contribution numeric(15,2),
  net_ec_contribution numeric(15,2),
  total_cost numeric(15,2),
  ended boolean,
  PRIMARY KEY (project_id, pic, role)
);
CREATE INDEX history_participant_pic ON history_participant (pic, project_id);

-- A file that is being imported. A crash of the server empties the unlogged tables together, and the file
-- begins anew.
CREATE UNLOGGED TABLE history_progress (
  kind text PRIMARY KEY,
  hash text NOT NULL,
  byte_offset bigint NOT NULL,
  line integer NOT NULL,
  rows integer NOT NULL,
  bad integer NOT NULL,
  problems jsonb NOT NULL
);

CREATE UNLOGGED TABLE history_staged_participant (
  line integer NOT NULL,
  project_id bigint NOT NULL,
  pic text NOT NULL,
  role text NOT NULL,
  country text NOT NULL,
  city text,
  name text NOT NULL,
  sme boolean,
  activity_type text,
  nuts_code text,
  ec_contribution numeric(15,2),
  net_ec_contribution numeric(15,2),
  total_cost numeric(15,2),
  ended boolean
);

CREATE UNLOGGED TABLE history_staged_project (
  line integer NOT NULL,
  id bigint NOT NULL,
  acronym text NOT NULL,
  title text NOT NULL,
  objective text,
  programme text NOT NULL,
  start_on date,
  end_on date,
  funding_scheme text,
  topic_codes text[] NOT NULL,
  status text,
  total_cost numeric(15,2),
  ec_max_contribution numeric(15,2)
);

CREATE UNLOGGED TABLE history_staged_subject (
  line integer NOT NULL,
  project_id bigint NOT NULL,
  title text NOT NULL
);

CREATE UNLOGGED TABLE history_staged_topic (
  line integer NOT NULL,
  project_id bigint NOT NULL,
  code text NOT NULL,
  title text
);

CREATE TABLE history_subject (
  project_id bigint REFERENCES history_project ON DELETE CASCADE,
  title text,
  PRIMARY KEY (project_id, title)
);

CREATE TABLE history_topic (
  project_id bigint REFERENCES history_project ON DELETE CASCADE,
  code text,
  title text,
  PRIMARY KEY (project_id, code)
);
-- Topics by name, and those about the same as a call.
CREATE INDEX history_topic_code ON history_topic (lower(code));
CREATE INDEX history_topic_title ON history_topic USING gin (to_tsvector('english'::regconfig, title));

-- Funded projects of the topics that the portal's index is asked for, as it shows them.
CREATE TABLE portal_project (
  id text PRIMARY KEY,
  source_id text NOT NULL,
  content jsonb NOT NULL,
  -- In lower case.
  topics text[] NOT NULL,
  pics text[] NOT NULL,
  topic_title text,
  document_hash text,
  is_news boolean NOT NULL,
  first_seen_at timestamptz NOT NULL,
  asked_at timestamptz NOT NULL,
  missing_since timestamptz,
  missing_runs integer NOT NULL DEFAULT 0,
  gone_at timestamptz,
  changes jsonb NOT NULL DEFAULT '[]'
);
CREATE INDEX portal_project_pics ON portal_project USING gin (pics);
CREATE INDEX portal_project_title ON portal_project USING gin (to_tsvector('english'::regconfig, topic_title));
CREATE INDEX portal_project_topics ON portal_project USING gin (topics);

-- ======== harvest =========================================================================================

CREATE TABLE committee_document (
  reference text,
  version integer,
  content jsonb NOT NULL,
  read_as_of text,
  first_seen_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  changes jsonb NOT NULL DEFAULT '[]',
  differences jsonb NOT NULL DEFAULT '[]',
  proposals jsonb NOT NULL DEFAULT '[]',
  names text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (reference, version)
);

CREATE TABLE draft_topic (
  reference text,
  version integer,
  identifier text,
  content jsonb NOT NULL,
  document_hash text,
  seen_at timestamptz NOT NULL,
  call_id uuid REFERENCES call ON DELETE SET NULL,
  PRIMARY KEY (reference, version, identifier),
  FOREIGN KEY (reference, version) REFERENCES committee_document ON DELETE CASCADE
);
CREATE INDEX draft_topic_call ON draft_topic (call_id);

CREATE TABLE question (
  id text PRIMARY KEY,
  topics text[] NOT NULL,
  question text NOT NULL,
  answer text,
  url text,
  published_at timestamptz,
  listed_as text NOT NULL,
  cut boolean NOT NULL,
  document_hash text NOT NULL,
  first_seen_at timestamptz NOT NULL,
  is_news boolean NOT NULL,
  changes jsonb NOT NULL DEFAULT '[]',
  seen_at timestamptz NOT NULL,
  gone_at timestamptz
);
CREATE INDEX question_topics ON question USING gin (topics);
CREATE INDEX question_document ON question (document_hash);

CREATE TABLE harvest_run (
  id uuid PRIMARY KEY,
  source_id text NOT NULL,
  state text NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  reason text,
  counts jsonb,
  kind text NOT NULL DEFAULT 'full',
  targets jsonb,
  topics text[],
  waits_until timestamptz
);
CREATE UNIQUE INDEX harvest_run_one_under_way ON harvest_run (source_id) WHERE (ended_at IS NULL);
CREATE INDEX harvest_run_last ON harvest_run (source_id, started_at);

CREATE TABLE harvest_request (
  id uuid PRIMARY KEY,
  run_id uuid NOT NULL REFERENCES harvest_run ON DELETE CASCADE,
  scan integer NOT NULL,
  key text NOT NULL,
  request jsonb NOT NULL,
  document_hash text,
  fetched_at timestamptz,
  -- What was fetched and could not be read, kept for the parser that will.
  rejected_hash text,
  rejected_why text
);
CREATE UNIQUE INDEX harvest_request_key ON harvest_request (run_id, scan, key);

CREATE TABLE listed_topic (
  source_id text,
  reference text,
  topic jsonb NOT NULL,
  first_listed_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  dropped_at timestamptz,
  PRIMARY KEY (source_id, reference)
);

CREATE TABLE partner_reading (
  source_id text PRIMARY KEY,
  state text NOT NULL DEFAULT 'new',
  reason text,
  claim uuid,
  started_at timestamptz,
  ended_at timestamptz,
  last_good_at timestamptz,
  due_at timestamptz NOT NULL,
  refused integer,
  unread integer NOT NULL DEFAULT 0,
  unread_why text
);

CREATE TABLE partner_search (
  source_id text,
  id text,
  topic text,
  wants text NOT NULL,
  country_code text,
  country_iso text,
  country_name text,
  organisation_type text,
  organisation_type_name text,
  summary text,
  published_at timestamptz,
  first_seen_at timestamptz NOT NULL,
  gone_at timestamptz,
  PRIMARY KEY (source_id, id, topic)
);
CREATE INDEX partner_search_topic ON partner_search (topic);

CREATE TABLE raw_document (
  hash text PRIMARY KEY,
  media_type text NOT NULL,
  size integer NOT NULL,
  gzip bytea NOT NULL,
  first_fetched_at timestamptz NOT NULL
);
-- The bytes are compressed already.
ALTER TABLE raw_document ALTER gzip SET STORAGE EXTERNAL;

CREATE TABLE source (
  id text PRIMARY KEY,
  state text NOT NULL DEFAULT 'new',
  reason text,
  last_run_at timestamptz,
  last_good_run_at timestamptz,
  due_at timestamptz,
  failures integer NOT NULL DEFAULT 0,
  state_since timestamptz,
  quick_check_due_at timestamptz,
  notes_from date,
  programme_names jsonb
);

CREATE TABLE source_check (
  source_id text PRIMARY KEY,
  due_at timestamptz NOT NULL,
  asked_at timestamptz,
  answered_at timestamptz,
  results jsonb,
  reason text
);

-- A source's own list of what it publishes, held against what its search returns.
CREATE TABLE source_list (
  source_id text PRIMARY KEY,
  state text NOT NULL DEFAULT 'new',
  reason text,
  due_at timestamptz NOT NULL,
  first_read_at timestamptz,
  read_at timestamptz,
  failures integer NOT NULL DEFAULT 0,
  etag text,
  last_modified text,
  hash text,
  counts jsonb,
  details_due_at timestamptz
);

-- The form is that of rate-limiter-flexible, shared by all processes.
CREATE TABLE source_rate_limit (
  key character varying(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);

CREATE TABLE source_record (
  source_id text,
  key text,
  call_id uuid NOT NULL REFERENCES call ON DELETE CASCADE,
  last_seen_at timestamptz NOT NULL,
  missing_since timestamptz,
  content jsonb NOT NULL,
  content_hash text NOT NULL,
  leads boolean NOT NULL DEFAULT true,
  owns boolean NOT NULL DEFAULT true,
  missed_runs integer NOT NULL DEFAULT 0,
  gone_at timestamptz,
  document_hash text,
  changed_at timestamptz NOT NULL,
  evidence text NOT NULL DEFAULT 'harvest',
  summary jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (source_id, key)
);
CREATE INDEX source_record_call ON source_record (call_id);
CREATE INDEX source_record_grant_identifier ON source_record (source_id, lower((content ->> 'identifier'))) WHERE (leads AND ((content ->> 'kind') = 'grant'));
CREATE INDEX source_record_missing ON source_record (source_id, missing_since);
CREATE INDEX source_record_reference ON source_record (source_id, split_part(key, '/', 2));

CREATE TABLE validator (
  source_id text,
  request_hash text,
  etag text,
  last_modified text,
  document_hash text NOT NULL,
  -- When the source was last asked with it, to the day.
  used_at timestamptz NOT NULL,
  PRIMARY KEY (source_id, request_hash)
);

-- ======== matching ========================================================================================

CREATE TABLE embedding (
  model text,
  hash bytea,
  vector bytea NOT NULL,
  PRIMARY KEY (model, hash)
);
-- Vectors do not compress; trying takes longer than reading them.
ALTER TABLE embedding ALTER vector SET STORAGE EXTERNAL;

CREATE TABLE embedding_progress (
  model text PRIMARY KEY,
  call_seq bigint NOT NULL DEFAULT 0,
  profiles jsonb NOT NULL DEFAULT '{}',
  dimensions integer,
  added bigint NOT NULL DEFAULT 0,
  paused_until timestamptz,
  used_at timestamptz NOT NULL,
  ready boolean NOT NULL DEFAULT false
);

-- The stems of all calls, and how calls write them. Rows are added under a lock, so that their order is that of
-- the commits.
CREATE TABLE stem (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  language text NOT NULL,
  stem text NOT NULL
);
CREATE TABLE written_form (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stem text NOT NULL,
  form text NOT NULL
);

-- A call's text as matching reads it, so that a start reads it instead of computing it.
CREATE TABLE analysed_call (
  call_id uuid REFERENCES call ON DELETE CASCADE,
  analyser text,
  seq bigint NOT NULL,
  language text NOT NULL,
  -- The distinct stems, then the words in their order: how many calls contain a phrase is counted by both.
  stems integer[] NOT NULL,
  words bytea NOT NULL,
  rest bytea NOT NULL,
  PRIMARY KEY (call_id, analyser)
);
CREATE INDEX analysed_call_stems ON analysed_call USING gin (stems);

-- What the calls that no process has in memory count, so that a start need not read them all.
CREATE TABLE archive_count (
  analyser text PRIMARY KEY,
  calls bytea NOT NULL,
  english integer NOT NULL,
  french integer NOT NULL,
  stems bytea NOT NULL,
  terms bytea NOT NULL
);

-- Numbers in as few bytes as possible do not compress; trying takes longer than reading them.
ALTER TABLE analysed_call ALTER stems SET STORAGE MAIN, ALTER words SET STORAGE MAIN, ALTER rest SET STORAGE EXTERNAL;

CREATE TABLE match (
  id uuid PRIMARY KEY,
  profile_id text NOT NULL REFERENCES profile ON DELETE CASCADE,
  call_id uuid NOT NULL REFERENCES call ON DELETE CASCADE,
  score double precision NOT NULL,
  result jsonb NOT NULL,
  profile_revision integer NOT NULL,
  call_version integer NOT NULL,
  matched_at timestamptz NOT NULL,
  -- The score without the language model's reading.
  built_in double precision NOT NULL DEFAULT 0,
  reading_key text,
  read boolean NOT NULL DEFAULT false
);
CREATE INDEX match_best ON match (profile_id, score) INCLUDE (call_id, call_version);
CREATE INDEX match_built_in ON match (profile_id, built_in);
-- Alone it tells the cockpit which institutes a call fits.
CREATE INDEX match_call ON match (call_id, score) INCLUDE (profile_id);
CREATE UNIQUE INDEX match_pair ON match (profile_id, call_id);
CREATE INDEX match_reading ON match (reading_key) WHERE (reading_key IS NOT NULL);
CREATE POLICY institute ON match USING (
  (SELECT current_setting('carnot.institute', true) = '*')
  OR profile_id = (SELECT current_setting('carnot.institute', true))
);
ALTER TABLE match ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- A match as the institute's own people see it, where its decisions change it.
CREATE TABLE own_match (
  profile_id text NOT NULL,
  call_id uuid NOT NULL,
  score double precision NOT NULL,
  result jsonb NOT NULL,
  PRIMARY KEY (profile_id, call_id),
  CONSTRAINT own_match_match_fkey FOREIGN KEY (profile_id, call_id)
    REFERENCES match (profile_id, call_id) ON DELETE CASCADE
);
CREATE INDEX own_match_best ON own_match (profile_id, score);
CREATE POLICY institute ON own_match USING (
  (SELECT current_setting('carnot.inside', true) = '*')
  OR (profile_id = (SELECT current_setting('carnot.inside', true)) AND shows_since('-infinity'))
);
ALTER TABLE own_match ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- The score from which calls are sent to an institute, where its decisions move it; see sending-threshold.ts.
CREATE TABLE own_threshold (
  profile_id text PRIMARY KEY REFERENCES profile ON DELETE CASCADE,
  score double precision NOT NULL,
  logits double precision NOT NULL,
  decisions integer NOT NULL,
  kept integer NOT NULL,
  expected double precision NOT NULL,
  set_aside_at timestamptz
);
CREATE POLICY institute ON own_threshold USING (
  (SELECT current_setting('carnot.inside', true) = '*')
  OR (profile_id = (SELECT current_setting('carnot.inside', true)) AND shows_since('-infinity'))
);
ALTER TABLE own_threshold ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- The changes of a profile that its institute's decisions suggest, and the keys of those that were declined.
CREATE TABLE own_suggestions (
  profile_id text PRIMARY KEY REFERENCES profile ON DELETE CASCADE,
  revision integer NOT NULL,
  of_verdicts text,
  found_at timestamptz NOT NULL,
  found jsonb NOT NULL,
  declined text[] NOT NULL DEFAULT '{}'
);
CREATE POLICY institute ON own_suggestions USING (
  (SELECT current_setting('carnot.inside', true) = '*')
  OR (profile_id = (SELECT current_setting('carnot.inside', true)) AND shows_since('-infinity'))
);
ALTER TABLE own_suggestions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- The matches as those see them who see inside these institutes. It becomes part of the statement that calls
-- it, so that each half is read through the indexes of its table. `threshold`: the score from which the call is
-- sent there, if the institute's decisions moved it and no language model has read the call.
CREATE FUNCTION match_seen_by(inside text[]) RETURNS TABLE (
  id uuid, profile_id text, call_id uuid, score double precision, result jsonb, reading_key text, read boolean,
  profile_revision integer, call_version integer, matched_at timestamptz, threshold double precision
) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT m.id, m.profile_id, m.call_id, m.score, m.result, m.reading_key, m.read, m.profile_revision,
         m.call_version, m.matched_at, CASE WHEN NOT m.read THEN t.score END
    FROM match m
    LEFT JOIN own_threshold t ON t.profile_id = m.profile_id AND t.profile_id = ANY (inside) AND t.set_aside_at IS NULL
   WHERE NOT EXISTS (
     SELECT FROM own_match o
      WHERE o.profile_id = m.profile_id AND o.call_id = m.call_id AND o.profile_id = ANY (inside))
  UNION ALL
  SELECT m.id, o.profile_id, o.call_id, o.score, o.result, m.reading_key, m.read, m.profile_revision,
         m.call_version, m.matched_at, CASE WHEN NOT m.read THEN t.score END
    FROM own_match o
    JOIN match m ON m.profile_id = o.profile_id AND m.call_id = o.call_id
    LEFT JOIN own_threshold t ON t.profile_id = o.profile_id AND t.set_aside_at IS NULL
   WHERE o.profile_id = ANY (inside)
$$;

CREATE TABLE reader_request (
  id uuid PRIMARY KEY,
  model text NOT NULL,
  call_id uuid NOT NULL REFERENCES call ON DELETE CASCADE,
  institutes text[] NOT NULL,
  asked_at timestamptz NOT NULL,
  answered_at timestamptz,
  prompt_tokens integer NOT NULL,
  completion_tokens integer NOT NULL,
  money double precision,
  currency text,
  refused integer NOT NULL DEFAULT 0,
  error text,
  given_up boolean NOT NULL DEFAULT false
);
CREATE INDEX reader_request_asked ON reader_request (asked_at);
CREATE INDEX reader_request_call ON reader_request (call_id);
CREATE POLICY institute ON reader_request USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR current_setting('carnot.institute', true) = ANY (institutes)
);
ALTER TABLE reader_request ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE reader_state (
  model text PRIMARY KEY,
  paused_until timestamptz,
  limit_reached text,
  failing_call uuid,
  failed_at timestamptz,
  error text,
  error_at timestamptz
);

CREATE TABLE reading (
  key text PRIMARY KEY,
  model text NOT NULL,
  prompt_version integer NOT NULL,
  grade text,
  reason_en text,
  reason_fr text,
  quote text,
  field text,
  quote_from integer,
  quote_to integer,
  times integer NOT NULL,
  refused text,
  read_at timestamptz NOT NULL
);
CREATE POLICY institute ON reading USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR sees_reading(key)
);
ALTER TABLE reading ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE translation (
  key text PRIMARY KEY,
  call_id uuid NOT NULL REFERENCES call ON DELETE CASCADE,
  model text NOT NULL,
  texts text[],
  made_at timestamptz NOT NULL
);
CREATE INDEX translation_call ON translation (call_id);

-- ======== decisions =======================================================================================

CREATE TABLE note (
  id uuid PRIMARY KEY,
  profile_id text NOT NULL REFERENCES profile ON DELETE CASCADE,
  call_id uuid NOT NULL REFERENCES call ON DELETE CASCADE,
  author text NOT NULL,
  person_id uuid REFERENCES person ON DELETE SET NULL,
  text text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX note_call ON note (profile_id, call_id);
CREATE INDEX note_call_of ON note (call_id);
CREATE INDEX note_person ON note (person_id);
CREATE POLICY institute ON note USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(created_at))
);
ALTER TABLE note ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE recall_sample (
  profile_id text REFERENCES profile ON DELETE CASCADE,
  call_id uuid REFERENCES call ON DELETE CASCADE,
  month text NOT NULL,
  stratum text NOT NULL,
  stratum_size integer NOT NULL,
  drawn_at timestamptz NOT NULL,
  PRIMARY KEY (profile_id, call_id)
);
CREATE INDEX recall_sample_call ON recall_sample (call_id);
CREATE POLICY institute ON recall_sample USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(drawn_at))
);
ALTER TABLE recall_sample ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- What an institute did with a call: when somebody there saw it, what was decided, and what had been before.
CREATE TABLE review (
  profile_id text REFERENCES profile ON DELETE CASCADE,
  call_id uuid REFERENCES call ON DELETE CASCADE,
  seen_version integer,
  seen_at timestamptz,
  verdict text,
  reason text,
  verdict_by text,
  verdict_by_id uuid REFERENCES person ON DELETE SET NULL,
  verdict_by_link boolean NOT NULL DEFAULT false,
  verdict_at timestamptz,
  verdict_version integer,
  previous jsonb,
  set_aside_at timestamptz,
  later_until date,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (profile_id, call_id)
);
CREATE INDEX review_call ON review (call_id);
CREATE INDEX review_verdict_by ON review (verdict_by_id);
CREATE POLICY institute ON review USING (
  (SELECT current_setting('carnot.inside', true) = '*')
  OR (profile_id = (SELECT current_setting('carnot.inside', true)) AND shows_since(made_at))
);
ALTER TABLE review ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE saved_search (
  id uuid PRIMARY KEY,
  profile_id text NOT NULL REFERENCES profile ON DELETE CASCADE,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  name text NOT NULL,
  page text NOT NULL,
  query text NOT NULL,
  -- Calls that it no longer shows nor announces.
  dropped uuid[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL
);
CREATE INDEX saved_search_person ON saved_search (person_id, profile_id);
CREATE INDEX saved_search_profile ON saved_search (profile_id);
CREATE POLICY institute ON saved_search USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR profile_id = current_setting('carnot.institute', true)
);
ALTER TABLE saved_search ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- ======== proposals =======================================================================================

CREATE TABLE researcher (
  id uuid PRIMARY KEY,
  profile_id text NOT NULL REFERENCES profile ON DELETE CASCADE,
  name text NOT NULL,
  name_since timestamptz NOT NULL,
  -- Those borne for longer than a day.
  former_names text[] NOT NULL DEFAULT '{}',
  email text NOT NULL,
  language text NOT NULL,
  competences text[] NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX researcher_email ON researcher (profile_id, email);
CREATE POLICY institute ON researcher USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(created_at))
);
ALTER TABLE researcher ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE proposal (
  id uuid PRIMARY KEY,
  profile_id text NOT NULL REFERENCES profile ON DELETE CASCADE,
  call_id uuid NOT NULL REFERENCES call ON DELETE CASCADE,
  researcher_id uuid REFERENCES researcher ON DELETE SET NULL,
  name text NOT NULL,
  email text NOT NULL,
  language text NOT NULL,
  subject text NOT NULL,
  text text NOT NULL,
  token_hash text NOT NULL,
  asked_by text NOT NULL,
  person_id uuid REFERENCES person ON DELETE SET NULL,
  created_at timestamptz NOT NULL,
  mail_id uuid NOT NULL REFERENCES transactional_mail DEFERRABLE INITIALLY DEFERRED,
  answer text,
  word text,
  other text,
  answered_at timestamptz,
  answer_mail_id uuid REFERENCES transactional_mail ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  remind_on date,
  reminded_at timestamptz,
  reminded_by text,
  reminded_by_id uuid REFERENCES person ON DELETE SET NULL,
  reminder_token_hash text,
  reminder_mail_id uuid REFERENCES transactional_mail ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX proposal_answer_mail ON proposal (answer_mail_id);
CREATE INDEX proposal_call ON proposal (profile_id, call_id);
CREATE INDEX proposal_call_of ON proposal (call_id);
CREATE INDEX proposal_mail ON proposal (mail_id);
CREATE INDEX proposal_person ON proposal (person_id);
CREATE INDEX proposal_reminded_by ON proposal (reminded_by_id);
CREATE INDEX proposal_reminder_mail ON proposal (reminder_mail_id);
CREATE UNIQUE INDEX proposal_reminder_token ON proposal (reminder_token_hash);
CREATE INDEX proposal_researcher ON proposal (researcher_id);
CREATE INDEX proposal_to_remind ON proposal (remind_on) WHERE ((remind_on IS NOT NULL) AND (reminded_at IS NULL) AND (answered_at IS NULL));
CREATE UNIQUE INDEX proposal_token ON proposal (token_hash);
CREATE POLICY institute ON proposal USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(created_at))
);
ALTER TABLE proposal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE proposal_settings (
  profile_id text PRIMARY KEY REFERENCES profile ON DELETE CASCADE,
  remind_after_days integer,
  updated_by text NOT NULL,
  updated_by_id uuid REFERENCES person ON DELETE SET NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX proposal_settings_updated_by ON proposal_settings (updated_by_id);
CREATE POLICY institute ON proposal_settings USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(updated_at))
);
ALTER TABLE proposal_settings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE researcher_objection (
  profile_id text REFERENCES profile ON DELETE CASCADE,
  address_hash text,
  objected_at timestamptz NOT NULL,
  PRIMARY KEY (profile_id, address_hash)
);
CREATE POLICY institute ON researcher_objection USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR profile_id = current_setting('carnot.inside', true)
);
ALTER TABLE researcher_objection ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- ======== pipeline ========================================================================================

CREATE TABLE milestone_template (
  profile_id text PRIMARY KEY REFERENCES profile ON DELETE CASCADE,
  milestones jsonb NOT NULL,
  updated_by text NOT NULL,
  updated_by_id uuid REFERENCES person ON DELETE SET NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX milestone_template_updated_by ON milestone_template (updated_by_id);
CREATE POLICY institute ON milestone_template USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(updated_at))
);
ALTER TABLE milestone_template ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE opportunity (
  id uuid PRIMARY KEY,
  profile_id text NOT NULL REFERENCES profile ON DELETE CASCADE,
  call_id uuid NOT NULL REFERENCES call ON DELETE CASCADE,
  stage text NOT NULL,
  stage_at timestamptz NOT NULL,
  acronym text,
  lead text,
  lead_name text,
  role text,
  partners text[] NOT NULL,
  requested double precision,
  currency text NOT NULL,
  share double precision,
  probability integer,
  proposal_number text,
  decide_by date,
  signed_on date,
  documents jsonb NOT NULL DEFAULT '[]',
  deadline_at timestamptz,
  milestones jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  tasks jsonb NOT NULL DEFAULT '[]'
);
CREATE UNIQUE INDEX opportunity_call ON opportunity (profile_id, call_id);
CREATE INDEX opportunity_call_of ON opportunity (call_id);
CREATE POLICY institute ON opportunity USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(created_at))
);
ALTER TABLE opportunity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE opportunity_comment (
  id uuid PRIMARY KEY,
  opportunity_id uuid NOT NULL REFERENCES opportunity ON DELETE CASCADE,
  profile_id text NOT NULL REFERENCES profile ON DELETE CASCADE,
  author text NOT NULL,
  person_id uuid REFERENCES person ON DELETE SET NULL,
  text text NOT NULL,
  notified uuid[] NOT NULL,
  created_at timestamptz NOT NULL,
  edited_at timestamptz,
  deleted_at timestamptz
);
CREATE INDEX opportunity_comment_person ON opportunity_comment (person_id);
CREATE INDEX opportunity_comment_profile ON opportunity_comment (profile_id);
CREATE INDEX opportunity_comment_thread ON opportunity_comment (opportunity_id, created_at, id);
CREATE POLICY institute ON opportunity_comment USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(created_at))
);
ALTER TABLE opportunity_comment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE opportunity_step (
  id uuid PRIMARY KEY,
  opportunity_id uuid NOT NULL REFERENCES opportunity ON DELETE CASCADE,
  profile_id text NOT NULL REFERENCES profile ON DELETE CASCADE,
  seq integer NOT NULL,
  kind text NOT NULL,
  changes jsonb NOT NULL,
  why text,
  by text NOT NULL,
  person_id uuid REFERENCES person ON DELETE SET NULL,
  proposal_id uuid REFERENCES proposal ON DELETE SET NULL,
  at timestamptz NOT NULL,
  undoes uuid
);
CREATE INDEX opportunity_step_person ON opportunity_step (person_id);
CREATE INDEX opportunity_step_profile ON opportunity_step (profile_id);
CREATE INDEX opportunity_step_proposal ON opportunity_step (proposal_id);
CREATE UNIQUE INDEX opportunity_step_seq ON opportunity_step (opportunity_id, seq);
CREATE POLICY institute ON opportunity_step USING (
  (SELECT current_setting('carnot.inside', true) = '*')
  OR (profile_id = (SELECT current_setting('carnot.inside', true)) AND shows_since(at))
);
ALTER TABLE opportunity_step ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE pipeline_reminder (
  person_id uuid REFERENCES person ON DELETE CASCADE,
  key text,
  at timestamptz NOT NULL,
  PRIMARY KEY (person_id, key)
);
CREATE POLICY institute ON pipeline_reminder USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR sees_person(person_id)
);
ALTER TABLE pipeline_reminder ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- ======== network =========================================================================================

CREATE TABLE interest (
  profile_id text REFERENCES profile ON DELETE CASCADE,
  call_id uuid REFERENCES call ON DELETE CASCADE,
  brings text,
  competences text[] NOT NULL,
  leads boolean NOT NULL,
  tell boolean NOT NULL,
  by text NOT NULL,
  person_id uuid REFERENCES person ON DELETE SET NULL,
  opened_at timestamptz NOT NULL,
  notified_at timestamptz NOT NULL,
  -- Since when the institute is a member of the joint opportunity, and the last line of its history before.
  joined_at timestamptz,
  joined_after integer NOT NULL DEFAULT 0,
  -- When the members declined its request to join.
  declined_at timestamptz,
  PRIMARY KEY (profile_id, call_id)
);
CREATE INDEX interest_call ON interest (call_id);
CREATE INDEX interest_person ON interest (person_id);
CREATE POLICY institute ON interest USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR profile_id = current_setting('carnot.institute', true)
);
ALTER TABLE interest ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE joint_opportunity (
  id uuid PRIMARY KEY,
  call_id uuid NOT NULL REFERENCES call ON DELETE CASCADE,
  lead_id text REFERENCES profile ON DELETE SET NULL,
  stage text NOT NULL,
  stage_at timestamptz NOT NULL,
  wanted text,
  wanted_by date,
  begun_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX joint_opportunity_call ON joint_opportunity (call_id);
CREATE INDEX joint_opportunity_lead ON joint_opportunity (lead_id);
CREATE POLICY institute ON joint_opportunity USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR sees_joint_of(call_id)
);
ALTER TABLE joint_opportunity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE joint_opportunity_step (
  id uuid PRIMARY KEY,
  joint_id uuid NOT NULL REFERENCES joint_opportunity ON DELETE CASCADE,
  profile_id text REFERENCES profile ON DELETE SET NULL,
  network boolean NOT NULL,
  seq integer NOT NULL,
  kind text NOT NULL,
  changes jsonb NOT NULL,
  by text NOT NULL,
  person_id uuid REFERENCES person ON DELETE SET NULL,
  at timestamptz NOT NULL,
  undoes uuid
);
CREATE INDEX joint_opportunity_step_person ON joint_opportunity_step (person_id);
CREATE INDEX joint_opportunity_step_profile ON joint_opportunity_step (profile_id);
CREATE UNIQUE INDEX joint_opportunity_step_seq ON joint_opportunity_step (joint_id, seq);
CREATE POLICY institute ON joint_opportunity_step USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR sees_joint_step(joint_id, seq)
);
ALTER TABLE joint_opportunity_step ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE paper (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  group_id text,
  month text,
  call_id uuid REFERENCES call ON DELETE CASCADE,
  language text NOT NULL,
  title text NOT NULL,
  sections jsonb NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  sent_at timestamptz,
  -- The institutes that it was sent to, which may read it.
  sent_to text[]
);
CREATE INDEX paper_call ON paper (call_id);
CREATE POLICY institute ON paper USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR current_setting('carnot.institute', true) = ANY (sent_to)
);
ALTER TABLE paper ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- ======== notifications ===================================================================================

-- Addresses and secrets of channels are sealed with the installation's key, and found by their hash.
CREATE TABLE recipient (
  id uuid,
  channel text NOT NULL,
  owner text NOT NULL DEFAULT '',
  address text NOT NULL,
  name text,
  language text NOT NULL,
  profile_id text REFERENCES profile,
  preferences jsonb NOT NULL DEFAULT '{}',
  secrets text[] NOT NULL DEFAULT '{}',
  token text NOT NULL,
  since timestamptz NOT NULL,
  planned_seq bigint NOT NULL,
  last_slot_at timestamptz NOT NULL,
  paused_until timestamptz,
  stopped_at timestamptz,
  stopped_why text,
  address_hash text,
  token_hash text,
  token_hashes_before text[] NOT NULL DEFAULT '{}',
  link_key text NOT NULL,
  PRIMARY KEY (id)
);
CREATE UNIQUE INDEX recipient_address ON recipient (channel, owner, address);
CREATE UNIQUE INDEX recipient_address_hash ON recipient (channel, owner, address_hash);
CREATE INDEX recipient_profile ON recipient (profile_id);
CREATE UNIQUE INDEX recipient_token ON recipient (token);
CREATE UNIQUE INDEX recipient_token_hash ON recipient (token_hash);
CREATE POLICY institute ON recipient USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR profile_id = current_setting('carnot.institute', true)
  OR sees_follow_of(id)
);
ALTER TABLE recipient ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE follow (
  recipient_id uuid REFERENCES recipient ON DELETE CASCADE,
  kind text,
  target text,
  origin text NOT NULL,
  since timestamptz NOT NULL,
  baseline_seq bigint NOT NULL,
  welcomed_at timestamptz,
  left_at timestamptz,
  PRIMARY KEY (recipient_id, kind, target)
);
CREATE INDEX follow_target ON follow (kind, target);
CREATE POLICY institute ON follow USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR (kind = 'profile' AND target = current_setting('carnot.institute', true))
);
ALTER TABLE follow ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Name and address are as they were when the message left: the person may have left the list since.
CREATE TABLE notification (
  id uuid PRIMARY KEY,
  key text NOT NULL,
  kind text NOT NULL,
  profile_id text REFERENCES profile,
  address text NOT NULL,
  name text,
  subject text NOT NULL,
  text text NOT NULL,
  html text,
  unsubscribe_url text NOT NULL,
  message_id text NOT NULL,
  items jsonb NOT NULL,
  more integer NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  error text,
  created_at timestamptz NOT NULL,
  claimed_at timestamptz,
  next_try_at timestamptz,
  sent_at timestamptz,
  sent_where text,
  recipient_id uuid NOT NULL,
  channel text NOT NULL,
  payload text,
  threads text[] NOT NULL DEFAULT '{}',
  tries jsonb NOT NULL DEFAULT '[]',
  resend_of uuid REFERENCES notification ON DELETE SET NULL,
  resent_by text,
  resent_by_id uuid REFERENCES person ON DELETE SET NULL,
  given_up_at timestamptz,
  replaced_by uuid REFERENCES notification ON DELETE SET NULL
);
CREATE INDEX notification_resent_by ON notification (resent_by_id);
CREATE INDEX notification_given_up ON notification (given_up_at) WHERE (given_up_at IS NOT NULL);
CREATE UNIQUE INDEX notification_key ON notification (key);
CREATE INDEX notification_profile ON notification (profile_id);
CREATE INDEX notification_recipient ON notification (recipient_id, created_at);
CREATE INDEX notification_replaced_by ON notification (replaced_by);
CREATE INDEX notification_resend_of ON notification (resend_of);
CREATE INDEX notification_sent ON notification (sent_at);
CREATE INDEX notification_waiting ON notification (state) WHERE (state = ANY (ARRAY['pending', 'sending']));
CREATE POLICY institute ON notification USING (
  (SELECT current_setting('carnot.institute', true) = '*')
  OR profile_id = (SELECT current_setting('carnot.institute', true))
);
ALTER TABLE notification ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE notification_item (
  recipient_id uuid REFERENCES recipient ON DELETE CASCADE,
  key text,
  kind text NOT NULL,
  call_id uuid REFERENCES call ON DELETE CASCADE,
  version integer,
  about uuid,
  place text NOT NULL,
  urgency text,
  held boolean NOT NULL DEFAULT false,
  made_at timestamptz NOT NULL,
  state text NOT NULL,
  why text,
  notification_id uuid REFERENCES notification ON DELETE SET NULL,
  PRIMARY KEY (recipient_id, key)
);
CREATE INDEX notification_item_call ON notification_item (call_id, recipient_id);
CREATE INDEX notification_item_notification ON notification_item (notification_id);
CREATE INDEX notification_item_waiting ON notification_item (recipient_id) WHERE (state = 'waiting');
CREATE POLICY institute ON notification_item USING (
  (SELECT current_setting('carnot.institute', true) = '*')
  OR sees_recipient(recipient_id)
);
ALTER TABLE notification_item ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE preference_defaults (
  profile_id text PRIMARY KEY REFERENCES profile ON DELETE CASCADE,
  preferences jsonb NOT NULL,
  updated_at timestamptz NOT NULL,
  updated_by text NOT NULL,
  updated_by_id uuid REFERENCES person ON DELETE SET NULL
);
CREATE INDEX preference_defaults_updated_by ON preference_defaults (updated_by_id);
CREATE POLICY institute ON preference_defaults USING (
  rtrim(current_setting('carnot.institute', true), '*') <> current_setting('carnot.institute', true)
  OR profile_id = current_setting('carnot.institute', true)
);
ALTER TABLE preference_defaults ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- ======== calendars =======================================================================================

CREATE TABLE calendar (
  id uuid PRIMARY KEY,
  token_hash text NOT NULL,
  hint text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  profile_id text REFERENCES profile ON DELETE CASCADE,
  group_id text,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  language text NOT NULL,
  created_at timestamptz NOT NULL,
  last_read_at timestamptz,
  revoked_at timestamptz,
  events jsonb NOT NULL DEFAULT '[]'
);
CREATE INDEX calendar_person ON calendar (person_id);
CREATE INDEX calendar_profile ON calendar (profile_id);
CREATE UNIQUE INDEX calendar_token ON calendar (token_hash);
CREATE POLICY institute ON calendar USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(created_at))
  OR (profile_id IS NULL AND (current_setting('carnot.institute', true) = '*'))
);
ALTER TABLE calendar ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- ======== newsletters =====================================================================================

CREATE TABLE newsletter (
  id uuid PRIMARY KEY,
  profile_id text NOT NULL REFERENCES profile ON DELETE CASCADE,
  list text NOT NULL,
  title text NOT NULL,
  intro text NOT NULL,
  language text NOT NULL,
  items jsonb NOT NULL,
  version integer NOT NULL,
  updated_by text NOT NULL,
  updated_by_id uuid REFERENCES person ON DELETE SET NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  issued_at timestamptz,
  sent_at timestamptz,
  sent_html text,
  sent_text text
);
CREATE INDEX newsletter_updated_by ON newsletter (updated_by_id);
CREATE INDEX newsletter_profile ON newsletter (profile_id, list);
CREATE POLICY institute ON newsletter USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(created_at))
);
ALTER TABLE newsletter ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Who reads the newsletters of a list. Without the address, a row keeps in mind that its hash has left.
CREATE TABLE newsletter_reader (
  id uuid PRIMARY KEY,
  profile_id text NOT NULL REFERENCES profile ON DELETE CASCADE,
  list text NOT NULL,
  address text NOT NULL,
  address_hash text NOT NULL,
  name text,
  origin text NOT NULL,
  added_by text NOT NULL,
  added_by_id uuid REFERENCES person ON DELETE SET NULL,
  added_at timestamptz NOT NULL,
  removed_at timestamptz,
  left_at timestamptz,
  stopped_at timestamptz,
  stopped_why text
);
CREATE INDEX newsletter_reader_added_by ON newsletter_reader (added_by_id);
CREATE UNIQUE INDEX newsletter_reader_address ON newsletter_reader (profile_id, address_hash, list);
CREATE POLICY institute ON newsletter_reader USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(added_at))
);
ALTER TABLE newsletter_reader ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- What one reader has of a newsletter that was sent, or why nothing.
CREATE TABLE newsletter_copy (
  id uuid PRIMARY KEY,
  profile_id text NOT NULL REFERENCES profile ON DELETE CASCADE,
  newsletter_id uuid NOT NULL REFERENCES newsletter ON DELETE CASCADE,
  reader_id uuid NOT NULL REFERENCES newsletter_reader ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  left_out text,
  mail_id uuid REFERENCES transactional_mail DEFERRABLE INITIALLY DEFERRED,
  token_hash text
);
CREATE INDEX newsletter_copy_mail ON newsletter_copy (mail_id);
CREATE INDEX newsletter_copy_profile ON newsletter_copy (profile_id);
CREATE UNIQUE INDEX newsletter_copy_reader ON newsletter_copy (newsletter_id, reader_id);
CREATE INDEX newsletter_copy_of_reader ON newsletter_copy (reader_id);
CREATE UNIQUE INDEX newsletter_copy_token ON newsletter_copy (token_hash);
CREATE INDEX newsletter_copy_waiting ON newsletter_copy (newsletter_id) WHERE ((mail_id IS NULL) AND (left_out IS NULL));
CREATE POLICY institute ON newsletter_copy USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(created_at))
);
ALTER TABLE newsletter_copy ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- ======== spreadsheets ====================================================================================

CREATE TABLE feed (
  id uuid PRIMARY KEY,
  token_hash text NOT NULL,
  hint text NOT NULL,
  name text NOT NULL,
  profile_id text NOT NULL REFERENCES profile ON DELETE CASCADE,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  content text NOT NULL,
  query text NOT NULL,
  search_id uuid REFERENCES saved_search ON DELETE CASCADE,
  language text NOT NULL,
  created_at timestamptz NOT NULL,
  last_read_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX feed_person ON feed (person_id);
CREATE INDEX feed_profile ON feed (profile_id);
CREATE INDEX feed_search ON feed (search_id);
CREATE UNIQUE INDEX feed_token ON feed (token_hash);
CREATE POLICY institute ON feed USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(created_at))
);
ALTER TABLE feed ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- A sheet that somebody has sent and not yet confirmed; their next one replaces it.
CREATE TABLE waiting_sheet (
  person_id uuid PRIMARY KEY REFERENCES person ON DELETE CASCADE,
  profile_id text NOT NULL REFERENCES profile ON DELETE CASCADE,
  sheet jsonb NOT NULL,
  sent_at timestamptz NOT NULL
);
CREATE INDEX waiting_sheet_profile ON waiting_sheet (profile_id);
CREATE POLICY institute ON waiting_sheet USING (
  rtrim(current_setting('carnot.inside', true), '*') <> current_setting('carnot.inside', true)
  OR (profile_id = current_setting('carnot.inside', true) AND shows_since(sent_at))
);
ALTER TABLE waiting_sheet ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- References to tables that are created further down.
ALTER TABLE call_version ADD FOREIGN KEY (run_id) REFERENCES harvest_run(id);

-- ======== who did what ====================================================================================

-- Each change of these tables is entered in the transaction that makes it, chained to the entry before;
-- entries are never changed.

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is only added to' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION audit_changes(before jsonb, after jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
SELECT coalesce(jsonb_object_agg(k, jsonb_build_array(before->k, after->k)), '{}')
  FROM (SELECT jsonb_object_keys(coalesce(before, '{}')) UNION SELECT jsonb_object_keys(coalesce(after, '{}'))) AS names (k)
 WHERE before->k IS DISTINCT FROM after->k
$$;

-- Whatever the session may see: the log has to name who acts.
CREATE FUNCTION audit_person(about uuid) RETURNS person LANGUAGE plpgsql AS $$
DECLARE
  sight text := coalesce(current_setting('carnot.institute', true), '');
  found person;
BEGIN
  PERFORM set_config('carnot.institute', '*', true);
  SELECT * INTO found FROM person WHERE id = about;
  PERFORM set_config('carnot.institute', sight, true);
   RETURN found;
 END
$$;

CREATE FUNCTION audit_name_hash(n audit_name) RETURNS text LANGUAGE sql STABLE AS $$
SELECT encode(sha256(convert_to(jsonb_build_array(n.secret, n.key, to_char(n.since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
  n.pseudonym, n.profile_id, n.name, n.address)::text, 'UTF8')), 'hex')
$$;

-- Called under the lock of the log, whatever the session may see. A changed name is a new row, so that an
-- entry keeps the name of its time.
CREATE FUNCTION audit_pseudonym(about text, called text, reached text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  sight text := coalesce(current_setting('carnot.institute', true), '');
  within text := coalesce(current_setting('carnot.inside', true), '');
  owner text := split_part(about, '/', 2);
  -- Compared as an id: as text, each entry would read the whole table.
  id_of_owner uuid := CASE WHEN owner ~ '^[0-9a-f-]{36}$' THEN owner::uuid END;
  last audit_name;
BEGIN
  PERFORM set_config('carnot.institute', '*', true), set_config('carnot.inside', '*', true);
  SELECT * INTO last FROM audit_name WHERE key = about ORDER BY since DESC LIMIT 1;
  IF last.key IS NULL OR (called IS NOT NULL AND (last.name, last.address) IS DISTINCT FROM (called, reached)) THEN
    IF last.key IS NULL THEN
      last.profile_id := CASE split_part(about, '/', 1)
        WHEN 'address' THEN owner
        WHEN 'researcher' THEN (SELECT profile_id FROM researcher WHERE id = id_of_owner)
        WHEN 'newsletter-reader' THEN (SELECT profile_id FROM newsletter_reader WHERE id = id_of_owner)
        WHEN 'key' THEN (SELECT profile_id FROM api_key WHERE id = id_of_owner)
        ELSE (SELECT profile_id FROM person WHERE id = id_of_owner) END;
    END IF;
    last.key := about;
    last.since := clock_timestamp();
    last.pseudonym := coalesce(last.pseudonym, gen_random_uuid());
    last.name := coalesce(called, '');
    last.address := reached;
    last.secret := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
    last.hash := audit_name_hash(last);
    INSERT INTO audit_name SELECT last.*;
  END IF;
  PERFORM set_config('carnot.institute', sight, true), set_config('carnot.inside', within, true);
  RETURN last.pseudonym;
END
$$;

-- The hash of the present name of a pseudonym, whatever the session may see.
CREATE FUNCTION audit_named(about uuid) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  sight text := coalesce(current_setting('carnot.institute', true), '');
  within text := coalesce(current_setting('carnot.inside', true), '');
  found text;
BEGIN
  PERFORM set_config('carnot.institute', '*', true), set_config('carnot.inside', '*', true);
  SELECT hash INTO found FROM audit_name WHERE pseudonym = about ORDER BY since DESC LIMIT 1;
  PERFORM set_config('carnot.institute', sight, true), set_config('carnot.inside', within, true);
  RETURN found;
END
$$;

-- The lock is taken at the end of a transaction and held until its commit, so that entries follow one another
-- as commits do.
CREATE FUNCTION audit_enter(what text, institute text, about text, more jsonb, by_person uuid, by_session uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  context jsonb := coalesce(nullif(current_setting('carnot.context', true), '')::jsonb, '{"kind":"system"}');
  entry audit;
  last audit;
  who person;
BEGIN
  PERFORM pg_advisory_xact_lock(7041918);
  IF by_person IS NOT NULL THEN
    context := context || jsonb_build_object('kind', 'person', 'person', by_person, 'via', 'session/' || by_session);
  END IF;
  entry.actor_kind := context->>'kind';
  entry.via := context->>'via';
  entry.actor_profile := context->>'profile';
  IF context->>'person' IS NOT NULL THEN
    SELECT * INTO who FROM person WHERE id = (context->>'person')::uuid;
    entry.actor := audit_pseudonym('person/' || (context->>'person'), who.name, who.email);
    entry.actor_profile := coalesce(entry.actor_profile, who.profile_id);
  ELSIF context->>'key' IS NOT NULL THEN
    entry.actor := audit_pseudonym('key/' || (context->>'key'), context->>'name', NULL);
  END IF;
  IF context->>'from' IS NOT NULL THEN
    entry.origin := audit_pseudonym('from/' || coalesce(context->>'person', '') || '/' || (context->>'from'), context->>'from', NULL);
  END IF;
  entry.actor_name := audit_named(entry.actor);
  entry.origin_name := audit_named(entry.origin);
  IF about ~ '^(person|researcher|newsletter-reader|address)/' THEN
    entry.subject_name := audit_named(split_part(about, '/', 2)::uuid);
  END IF;
  SELECT * INTO last FROM audit ORDER BY position DESC LIMIT 1;
  entry.position := coalesce(last.position, 0) + 1;
  entry.at := clock_timestamp();
  entry.action := what;
  entry.profile_id := institute;
  entry.subject := about;
  entry.detail := more;
  entry.previous := coalesce(last.hash, '');
  entry.hash := encode(sha256(convert_to(jsonb_build_array(entry.previous, entry.position, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
    entry.action, entry.actor_kind, entry.actor, entry.actor_profile, entry.via, entry.origin, entry.profile_id, entry.subject, entry.detail,
    entry.actor_name, entry.origin_name, entry.subject_name)::text, 'UTF8')), 'hex');
  INSERT INTO audit SELECT entry.*;
END
$$;

-- Whatever the session may see: an entry follows the last one, whosever that is.
CREATE FUNCTION audit_note(what text, institute text, about text, more jsonb, by_person uuid, by_session uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  sight text := coalesce(current_setting('carnot.institute', true), '');
  found person;
BEGIN
  PERFORM set_config('carnot.institute', '*', true);
  PERFORM audit_enter(what, institute, about, more, by_person, by_session);
  PERFORM set_config('carnot.institute', sight, true);
 END
$$;

CREATE FUNCTION audit_passkey() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  made boolean := TG_OP = 'INSERT';
  entry passkey;
  owner person;
BEGIN
  IF made THEN entry := NEW; ELSE entry := OLD; END IF;
  SELECT * INTO owner FROM audit_person(entry.person_id);
  -- Who is erased is entered as erased, and their name is gone.
  IF owner.id IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock(7041918);
  PERFORM audit_note(CASE WHEN made THEN 'passkey.made' ELSE 'passkey.removed' END, owner.profile_id,
    'person/' || audit_pseudonym('person/' || owner.id, owner.name, owner.email), jsonb_build_object('passkey', entry.id), NULL, NULL);
  RETURN NULL;
END
$$;

CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  row record;
  made boolean := TG_OP = 'INSERT';
  gone boolean := TG_OP = 'DELETE';
  what text;
BEGIN
  IF gone THEN row := OLD; ELSE row := NEW; END IF;
  PERFORM pg_advisory_xact_lock(7041918);
  CASE TG_TABLE_NAME
    WHEN 'person' THEN
      what := CASE WHEN made THEN 'person.invited' WHEN gone THEN 'person.erased' ELSE 'person.changed' END;
      IF TG_OP = 'UPDATE' THEN
        what := CASE WHEN OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL THEN 'person.removed' WHEN OLD.removed_at IS NOT NULL AND NEW.removed_at IS NULL THEN 'person.invited'
          WHEN OLD.role <> NEW.role THEN 'person.role' WHEN OLD.leaves_at IS NULL AND NEW.leaves_at IS NOT NULL THEN 'person.removal-asked'
          WHEN OLD.leaves_at IS NOT NULL AND NEW.leaves_at IS NULL THEN 'person.kept'
          WHEN OLD.inside_from IS NOT NULL AND NEW.inside_from IS NULL THEN 'person.let-in' WHEN OLD.email <> NEW.email THEN 'person.address' ELSE 'person.renamed' END;
      END IF;
      PERFORM audit_note(what, row.profile_id, 'person/' || CASE WHEN gone THEN audit_pseudonym('person/' || row.id, NULL, NULL) ELSE audit_pseudonym('person/' || row.id, row.name, row.email) END,
        CASE WHEN what = 'person.role' THEN jsonb_build_object('from', OLD.role, 'to', NEW.role) ELSE jsonb_build_object('role', row.role) END, NULL, NULL);
    WHEN 'session' THEN
      IF made THEN
        PERFORM audit_note('session.begun', (audit_person(row.person_id)).profile_id, 'session/' || row.id, '{}', row.person_id, row.id);
      ELSE
        PERFORM audit_note('session.ended', (audit_person(row.person_id)).profile_id, 'session/' || row.id, '{}', NULL, NULL);
      END IF;
    WHEN 'api_key' THEN
      PERFORM audit_note(CASE WHEN made THEN 'key.made' ELSE 'key.revoked' END, row.profile_id, 'key/' || row.id,
        jsonb_build_object('scope', row.scope, 'of', CASE WHEN row.person_id IS NULL THEN 'service' ELSE 'person' END), NULL, NULL);
    WHEN 'contact' THEN
      PERFORM audit_note(CASE WHEN made THEN 'contact.added' WHEN gone THEN 'contact.removed' WHEN OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at THEN 'contact.confirmed' ELSE 'contact.admitted' END,
        row.profile_id, 'address/' || audit_pseudonym('address/' || row.profile_id || '/' || row.address, '', row.address), '{}', NULL, NULL);
    WHEN 'recipient' THEN
      PERFORM audit_note(CASE WHEN made THEN 'channel.added' WHEN gone THEN 'channel.removed' ELSE 'channel.changed' END, row.profile_id, 'channel/' || row.id,
        jsonb_build_object('channel', row.channel) || CASE WHEN TG_OP = 'UPDATE' THEN jsonb_build_object('changes', audit_changes(OLD.preferences, NEW.preferences), 'fields', to_jsonb(array_remove(ARRAY[
          CASE WHEN OLD.address_hash IS DISTINCT FROM NEW.address_hash THEN 'address' END, CASE WHEN OLD.name IS DISTINCT FROM NEW.name THEN 'name' END,
          CASE WHEN OLD.preferences IS DISTINCT FROM NEW.preferences THEN 'preferences' END, CASE WHEN OLD.stopped_at IS DISTINCT FROM NEW.stopped_at THEN 'stopped' END,
          CASE WHEN OLD.paused_until IS DISTINCT FROM NEW.paused_until THEN 'paused' END], NULL))) ELSE '{}' END, NULL, NULL);
    WHEN 'profile' THEN
      PERFORM audit_note(CASE WHEN made THEN 'profile.added' ELSE 'profile.changed' END, row.id, 'profile/' || row.id, jsonb_build_object('revision', row.revision) ||
        CASE WHEN made THEN '{}' ELSE jsonb_build_object('changes', audit_changes((coalesce(OLD.content->'preferences', '{}') || (OLD.content - '{id,contacts,competences,preferences,trackRecord,vocabulary}'::text[])), (coalesce(NEW.content->'preferences', '{}') || (NEW.content - '{id,contacts,competences,preferences,trackRecord,vocabulary}'::text[]))), 'fields', (SELECT coalesce(jsonb_agg(k ORDER BY k), '[]') FROM (
          SELECT jsonb_object_keys(OLD.content) UNION SELECT jsonb_object_keys(NEW.content)) AS names (k) WHERE OLD.content->k IS DISTINCT FROM NEW.content->k)) END, NULL, NULL);
    WHEN 'preference_defaults' THEN
      PERFORM audit_note('preferences.changed', row.profile_id, 'profile/' || row.profile_id, jsonb_build_object('changes',
        audit_changes(CASE WHEN made THEN '{}' ELSE OLD.preferences END, CASE WHEN gone THEN '{}' ELSE NEW.preferences END)), NULL, NULL);
    WHEN 'researcher' THEN
      PERFORM audit_note(CASE WHEN made THEN 'researcher.added' WHEN gone THEN 'researcher.removed' ELSE 'researcher.changed' END, row.profile_id,
        'researcher/' || CASE WHEN gone THEN audit_pseudonym('researcher/' || row.id, NULL, NULL) ELSE audit_pseudonym('researcher/' || row.id, row.name, row.email) END, '{}', NULL, NULL);
    WHEN 'newsletter' THEN
      PERFORM audit_note('newsletter.sent', row.profile_id, 'newsletter/' || row.id, jsonb_build_object('readers', (SELECT count(*) FROM newsletter_copy WHERE newsletter_id = row.id AND left_out IS NULL)), NULL, NULL);
    WHEN 'newsletter_reader' THEN
      PERFORM audit_note('newsletter-reader.' || CASE WHEN row.left_at IS NOT NULL AND (made OR OLD.left_at IS NULL) THEN 'left' WHEN NOT made AND OLD.left_at IS NOT NULL AND row.left_at IS NULL THEN 'returned'
          WHEN row.removed_at IS NOT NULL THEN 'removed' ELSE 'added' END,
        row.profile_id, 'newsletter-reader/' || CASE WHEN row.address = '' THEN audit_pseudonym('newsletter-reader/' || row.id, NULL, NULL) ELSE audit_pseudonym('newsletter-reader/' || row.id, '', row.address) END, '{}', NULL, NULL);
    WHEN 'own_threshold' THEN
      PERFORM audit_note(CASE WHEN row.set_aside_at IS NULL THEN 'threshold.followed' ELSE 'threshold.set-aside' END, row.profile_id, 'profile/' || row.profile_id, '{}', NULL, NULL);
    WHEN 'own_suggestions' THEN
      PERFORM audit_note(CASE WHEN cardinality(NEW.declined) > cardinality(OLD.declined) THEN 'suggestion.declined' ELSE 'suggestion.allowed' END, row.profile_id, 'profile/' || row.profile_id, '{}', NULL, NULL);
    WHEN 'setting' THEN
      PERFORM audit_note(CASE WHEN row.key = 'admin-token-sha256' THEN 'admin-token.made' WHEN gone THEN 'sending.resumed' ELSE 'sending.held' END, NULL, NULL, '{}', NULL, NULL);
    ELSE -- Links by which a program or a calendar reads on.
      PERFORM audit_note(TG_TABLE_NAME || CASE WHEN made THEN '.made' ELSE '.revoked' END, row.profile_id, TG_TABLE_NAME || '/' || row.id, '{}', NULL, NULL);
  END CASE;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER audit_setting_delete
  AFTER DELETE ON setting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.key = 'sending-held')
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_setting_insert
  AFTER INSERT ON setting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.key = ANY (ARRAY['admin-token-sha256', 'sending-held']))
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_setting_update
  AFTER UPDATE ON setting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.key = 'admin-token-sha256' AND OLD.value IS DISTINCT FROM NEW.value)
  EXECUTE FUNCTION audit_row();
CREATE TRIGGER audit_not_emptied
  BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_only_added_to
  BEFORE DELETE OR UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
-- Names are deleted when somebody is erased; none is ever another.
CREATE TRIGGER audit_name_kept
  BEFORE UPDATE ON audit_name FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE CONSTRAINT TRIGGER audit_profile_insert
  AFTER INSERT ON profile DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
-- By its column: to compare contents that nobody sets takes as long as moving a mark of the matching.
CREATE CONSTRAINT TRIGGER audit_profile_update
  AFTER UPDATE OF content ON profile DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.content IS DISTINCT FROM NEW.content)
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_contact_delete
  AFTER DELETE ON contact DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_contact_insert
  AFTER INSERT ON contact DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_contact_update
  AFTER UPDATE ON contact DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at
    OR OLD.admitted_at IS DISTINCT FROM NEW.admitted_at)
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_person_delete
  AFTER DELETE ON person DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_person_insert
  AFTER INSERT ON person DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_person_update
  AFTER UPDATE ON person DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role
    OR OLD.name IS DISTINCT FROM NEW.name
    OR OLD.email IS DISTINCT FROM NEW.email
    OR OLD.removed_at IS DISTINCT FROM NEW.removed_at
    OR OLD.leaves_at IS DISTINCT FROM NEW.leaves_at
    OR OLD.inside_from IS DISTINCT FROM NEW.inside_from)
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_api_key_insert
  AFTER INSERT ON api_key DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_api_key_update
  AFTER UPDATE ON api_key DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_passkey_delete
  AFTER DELETE ON passkey DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_passkey();
CREATE CONSTRAINT TRIGGER audit_passkey_insert
  AFTER INSERT ON passkey DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_passkey();
CREATE CONSTRAINT TRIGGER audit_session_insert
  AFTER INSERT ON session DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_session_update
  AFTER UPDATE ON session DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_researcher_delete
  AFTER DELETE ON researcher DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_researcher_insert
  AFTER INSERT ON researcher DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_researcher_update
  AFTER UPDATE ON researcher DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name
    OR OLD.email IS DISTINCT FROM NEW.email
    OR OLD.competences IS DISTINCT FROM NEW.competences)
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_newsletter_update
  AFTER UPDATE ON newsletter DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.sent_at IS NULL AND NEW.sent_at IS NOT NULL)
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_newsletter_reader_insert
  AFTER INSERT ON newsletter_reader DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_newsletter_reader_update
  AFTER UPDATE ON newsletter_reader DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.removed_at IS DISTINCT FROM NEW.removed_at
    OR OLD.left_at IS DISTINCT FROM NEW.left_at)
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_recipient_delete
  AFTER DELETE ON recipient DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.owner <> '')
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_recipient_insert
  AFTER INSERT ON recipient DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.owner <> '')
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_recipient_update
  AFTER UPDATE ON recipient DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.owner <> ''
    AND (OLD.address_hash IS DISTINCT FROM NEW.address_hash
    OR OLD.name IS DISTINCT FROM NEW.name
    OR OLD.preferences IS DISTINCT FROM NEW.preferences
    OR OLD.stopped_at IS DISTINCT FROM NEW.stopped_at
    OR OLD.paused_until IS DISTINCT FROM NEW.paused_until))
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_preference_defaults_delete
  AFTER DELETE ON preference_defaults DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_preference_defaults_insert
  AFTER INSERT ON preference_defaults DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_preference_defaults_update
  AFTER UPDATE ON preference_defaults DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.preferences IS DISTINCT FROM NEW.preferences)
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_own_threshold_update
  AFTER UPDATE ON own_threshold DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.set_aside_at IS NULL) <> (NEW.set_aside_at IS NULL))
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_own_suggestions_update
  AFTER UPDATE ON own_suggestions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (cardinality(OLD.declined) <> cardinality(NEW.declined))
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_calendar_insert
  AFTER INSERT ON calendar DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_calendar_update
  AFTER UPDATE ON calendar DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_feed_insert
  AFTER INSERT ON feed DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION audit_row();
CREATE CONSTRAINT TRIGGER audit_feed_update
  AFTER UPDATE ON feed DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
  EXECUTE FUNCTION audit_row();

