-- Made when the knowledge base is loaded: that is quicker than unpacking them.
create index aliases_folded on aliases (folded);
create index aliases_skeleton on aliases (skeleton);
create index offices_person on offices (person);
create index offices_place on offices (country);
create index offices_organisation on offices (organisation);
create index memberships_organisation on memberships (organisation);
create index entities_country on entities (country, kind);
create index aliases_entity on aliases (entity);
create index surnames_skeleton on surnames (skeleton);
