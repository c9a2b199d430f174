create table sources (name text primary key, licence text not null, attribution text not null, version text not null,
    as_of text)
    without rowid;
create table entities (
    id text primary key, kind text not null, label text not null, country text, lat real, lon real, population integer,
    valid_from text, valid_to text, salience real not null, source text not null references sources
) without rowid;
create table aliases (
    folded text not null, skeleton text not null, alias text not null, entity text not null references entities,
    type text not null, source text not null references sources
);
create table offices (
    person text not null references entities, title text not null, role text not null, country text, organisation text,
    "start" text, "end" text, source text not null references sources, as_of text
);
create table memberships (country text not null, organisation text not null, source text not null);
create table surnames (
    surname text not null, skeleton text not null, entity text not null, primary key (surname, entity)
) without rowid;
create table leaders (country text primary key, role text not null) without rowid;
